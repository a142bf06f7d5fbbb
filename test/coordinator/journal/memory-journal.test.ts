import { journalConformance } from './conformance.ts';
import { MemoryJournal } from './memory-journal.ts';

journalConformance('the test double', async () => {
  const journal = new MemoryJournal();
  return { open: async () => journal };
});
