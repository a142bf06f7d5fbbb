import { after } from 'node:test';
import { journalConformance } from '../../coordinator/journal/conformance.ts';
import { sharedJournalConformance } from '../../coordinator/journal/shared-conformance.ts';
import { closeSharedEtcd, EtcdPlace, sharedEtcd, whyNoEtcd } from './fixture.ts';

after(closeSharedEtcd);
journalConformance('etcd', async (t) => new EtcdPlace(t, await sharedEtcd()), whyNoEtcd());
sharedJournalConformance('etcd', async (t) => new EtcdPlace(t, await sharedEtcd()).open(), whyNoEtcd());
