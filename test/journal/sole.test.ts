import { soleJournal } from '../../coordinator/journal/sole.ts';
import { journalConformance } from './conformance.ts';
import { MemoryJournal } from './memory-journal.ts';
import { sharedJournalConformance } from './shared-conformance.ts';

journalConformance('a journal that one coordinator has to itself', async () => {
  const journal = new MemoryJournal();
  return { open: async () => soleJournal(journal, 'a') };
});
sharedJournalConformance('a journal that one coordinator has to itself', async (t) => {
  const journal = soleJournal(new MemoryJournal(), 'a');
  t.after(() => journal.close());
  return journal;
});
