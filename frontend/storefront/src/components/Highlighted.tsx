import type { HighlightPart } from '@ironmonger/api';

/** A text in which the words that were searched for stand out. */
export function Highlighted({ parts, text }: { parts: readonly HighlightPart[] | undefined; text: string }) {
  if (!parts || parts.length === 0) return text;
  return parts.map((part, index) =>
    part.match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never move
      <mark key={index} className="rounded-sm bg-tape-100 text-inherit">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
