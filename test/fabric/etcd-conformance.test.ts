import { after } from 'node:test';
import { journalConformance } from '../journal/conformance.ts';
import { sharedJournalConformance } from '../journal/shared-conformance.ts';
import { closeSharedEtcd, EtcdPlace, sharedEtcd, whyNoEtcd } from './etcd-fixture.ts';

after(closeSharedEtcd);
journalConformance('etcd', async (t) => new EtcdPlace(t, await sharedEtcd()), whyNoEtcd());
sharedJournalConformance('etcd', async (t) => new EtcdPlace(t, await sharedEtcd()).open(), whyNoEtcd());
