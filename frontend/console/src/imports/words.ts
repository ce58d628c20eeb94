import type { ImportMode, ProductImport } from '../api/types';

export const MODES: readonly { id: ImportMode; name: string; hint: string }[] = [
  { id: 'dryRun', name: 'Dry run', hint: 'Reads and checks everything, changes nothing.' },
  {
    id: 'allOrNothing',
    name: 'All or nothing',
    hint: 'Applies the file only if every row is good.',
  },
  { id: 'goodRows', name: 'Good rows only', hint: 'Applies the good rows and lists the others.' },
];

export function modeName(mode: ImportMode): string {
  return MODES.find(({ id }) => id === mode)?.name ?? mode;
}

/** Whether nothing more happens to an import. */
export function isOver({ status }: Pick<ProductImport, 'status'>): boolean {
  return status === 'done' || status === 'refused' || status === 'failed';
}

const some = (count: number, one: string, several: string) =>
  count === 1 ? `one ${one}` : `${count} ${several}`;

const mistakes = (count: number) => some(count, 'mistake', 'mistakes');

/** What became of an import, in a sentence. Mistakes are counted by row and column, all else by product. */
export function outcome(report: ProductImport): string {
  const { status, mode, created, updated, unchanged, failed, errorCount } = report;
  switch (status) {
    case 'waiting':
      return 'Waiting for the file.';
    case 'reading':
      return 'Reading the file.';
    case 'applying':
      return 'Writing the products.';
    case 'refused':
      return `Nothing was changed: the file has ${mistakes(errorCount)}.`;
    case 'failed':
      return 'It did not come to its end. Import the same file again: what is written already stays as it is.';
    case 'done': {
      const counts = `${created} new, ${updated} changed, ${unchanged} as they were`;
      const left = failed > 0 ? `; ${failed} left out for ${mistakes(errorCount)}` : '';
      return mode === 'dryRun' ? `It would be so: ${counts}${left}.` : `Products: ${counts}${left}.`;
    }
  }
}
