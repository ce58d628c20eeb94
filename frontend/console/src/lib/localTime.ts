const two = (number: number) => String(number).padStart(2, '0');

/** A time as an input of day and time has it, in the time zone of whoever looks: `2026-11-22T09:00`. */
export function toLocalText(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The time that such a text names, as the API has times; undefined where it names none. */
export function fromLocalText(text: string | undefined): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text ?? '')) return undefined;
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
