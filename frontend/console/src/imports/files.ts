/** The largest CSV file that is taken, in bytes. */
export const MAX_BYTES = 10 * 1024 * 1024;

/** Why a file need not even be sent, if so. */
export function whyNot({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  if (!/\.(csv|txt)$/i.test(name)) return 'Products come as a CSV file, whose name ends in .csv.';
  if (size === 0) return 'This file is empty.';
  if (size > MAX_BYTES) return 'This file has more than 10 MB: split it into several.';
  return undefined;
}

/** One CSV of the pages that a catalogue comes in: the header of the first page is kept, the others' go. */
export function joinCsv(pages: readonly string[]): string {
  return pages
    .map((page, at) => (at === 0 ? page : page.slice(headerEnd(page))))
    .filter((page) => page !== '')
    .map((page) => (page.endsWith('\n') ? page : `${page}\r\n`))
    .join('');
}

/** Where the first row ends: at the first line break that is not within quotes. */
function headerEnd(csv: string): number {
  let quoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    if (csv[at] === '"') quoted = !quoted;
    else if (csv[at] === '\n' && !quoted) return at + 1;
  }
  return csv.length;
}
