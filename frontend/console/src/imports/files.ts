/** The largest CSV file that is taken, in bytes. */
export const MAX_BYTES = 10 * 1024 * 1024;

/** Why a file need not even be sent, if so. */
export function whyNot({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  if (!/\.(csv|txt)$/i.test(name)) return 'Products come as a CSV file, whose name ends in .csv.';
  if (size === 0) return 'This file is empty.';
  if (size > MAX_BYTES) return 'This file has more than 10 MB: split it into several.';
  return undefined;
}
