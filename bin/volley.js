#!/usr/bin/env node
import '../dist/volley.js';
