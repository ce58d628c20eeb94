import type { Image } from '@ironmonger/api';
import { useState } from 'react';

// Soft grounds for pictures: sage, straw, zinc blue, oxide, lilac and moss.
const GROUNDS = [
  'bg-[#dfeae3]',
  'bg-[#f4e9c9]',
  'bg-[#dde8ee]',
  'bg-[#f3dfd5]',
  'bg-[#e6e2ef]',
  'bg-[#e4ead6]',
] as const;

function groundFor(seed: string): string {
  let sum = 0;
  for (let index = 0; index < seed.length; index += 1) sum = (sum * 31 + seed.charCodeAt(index)) % 9973;
  return GROUNDS[sum % GROUNDS.length] ?? GROUNDS[0];
}

interface Props {
  image: (Pick<Image, 'url' | 'alt'> & Partial<Image>) | null | undefined;
  /** Decides the ground, so that a product has the same everywhere. */
  slug: string;
  className?: string;
  imageClassName?: string;
  /** For pictures whose words stand beside them. */
  decorative?: boolean;
  eager?: boolean;
  /** How wide it is shown, for the choice among its renditions. */
  sizes?: string;
}

/** What pictures without known measures are taken for: the catalogue's emblems. */
const SQUARE = 256;

/** The candidates of a `srcset`; none where a picture comes in one size only. */
function srcSet(image: Partial<Image>): string | undefined {
  const candidates = (image.renditions ?? []).map(({ url, width }) => `${url} ${width}w`);
  return candidates.length > 0 ? candidates.join(', ') : undefined;
}

/** A product's picture on its ground; the shop's mark where there is none or it does not load. */
export function Picture({
  image,
  slug,
  className = '',
  imageClassName = 'size-4/5',
  decorative,
  eager,
  sizes = '(min-width: 64rem) 18rem, 50vw',
}: Props) {
  const [failedUrl, setFailedUrl] = useState<string>();
  const shown = image && image.url !== failedUrl ? image : undefined;
  return (
    <div className={`grid aspect-square place-items-center overflow-hidden ${groundFor(slug)} ${className}`}>
      {shown ? (
        <img
          src={shown.url}
          alt={decorative ? '' : shown.alt}
          srcSet={srcSet(shown)}
          sizes={shown.renditions?.length ? sizes : undefined}
          width={shown.width ?? SQUARE}
          height={shown.height ?? SQUARE}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          className={`object-contain drop-shadow-[0_10px_10px_#10181529] ${imageClassName}`}
          onError={() => setFailedUrl(shown.url)}
        />
      ) : (
        <svg viewBox="0 0 64 64" className="w-1/3 text-iron-300" aria-hidden="true" focusable="false">
          <path fill="currentColor" d="M17 12h30v9H37v22h10v9H17v-9h10V21H17z" />
        </svg>
      )}
    </div>
  );
}
