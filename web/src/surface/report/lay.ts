// Writing an entry as she: signed by her mailbox, closed for herself and for the centers that read the
// work. Whoever was faster is read first, and hers comes after it.

import type { Entry } from '../../casework/entries';
import type { OpenCase } from '../../onestop/mailbox';
import type { Told } from '../../onestop/work';
import { Problem } from '../../kernel/send';
import { visit } from './visit.svelte';

/** Writes it. `null`: it did not go, and can be pressed again. */
export async function layHers(open: OpenCase, entry: Entry): Promise<Told | null> {
  const { she, directory } = visit;
  if (!she || !directory) return null;
  const kit = await visit.open();
  try {
    return await kit.lay(kit.contentOf(entry), {
      at: open,
      entriesOf: ({ entries }) => entries,
      close: (content, at) => kit.closeHers(she, directory, at, content, kit.browserChance),
      send: async (writing) => {
        try {
          await kit.sendEntry(she, open.case64, writing);
          return true;
        } catch (problem) {
          if (problem instanceof Problem && problem.code === 'onestop.version_taken') return false;
          throw problem;
        }
      },
      again: async () => {
        const at = (await kit.readMailbox(she, directory)).find(({ case64 }) => case64 === open.case64);
        return at ? { at, kept: (version) => at.wire.entries.find((one) => one.version === version)?.closed ?? null } : null;
      },
    });
  } catch {
    return null;
  }
}
