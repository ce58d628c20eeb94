/** What the shop takes as pictures; the function behind it looks at the content itself. */
export const TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

/** The largest picture that is taken, in bytes. */
export const MAX_BYTES = 15 * 1024 * 1024;

const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A file's size for the eye. */
export function fileSize(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** Why a file need not even be sent, if so. */
export function whyNot(file: Pick<File, 'type' | 'size'>): string | undefined {
  if (!TYPES.includes(file.type)) return 'Pictures are JPEG, PNG or WebP.';
  if (file.size === 0) return 'This file is empty.';
  if (file.size > MAX_BYTES)
    return `This file has ${fileSize(file.size)}; pictures have at most ${fileSize(MAX_BYTES)}.`;
  return undefined;
}

/** A first alt text of a file's name: `claw-hammer_02.jpg` is "claw hammer 02". */
export function altOf(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[-_.]+/g, ' ')
    .trim();
  return /[a-z]{3}/i.test(words) && !/^(img|dsc|image|photo|screenshot)\b/i.test(words) ? words : '';
}
