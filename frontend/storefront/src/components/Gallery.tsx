import type { Product } from '@ironmonger/api';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Picture } from './Picture';

const WIDTH = '(min-width: 64rem) 38rem, 100vw';

/** A product's pictures: one large, and the row of all of them where there are several. */
export function Gallery({ product }: { product: Product }) {
  const { images, slug } = product;
  const [chosen, setChosen] = useState(0);
  const row = useRef<HTMLUListElement>(null);
  const image = images[chosen] ?? images[0];
  // Photographs fill their frame; the catalogue's emblems, which have no renditions, stand in it.
  const photograph = (image?.renditions.length ?? 0) > 0;

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = (chosen + by + images.length) % images.length;
    setChosen(next);
    row.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div>
      <div className="relative overflow-hidden rounded-2xl">
        <Picture
          image={image}
          slug={slug}
          className="max-sm:aspect-[6/5]"
          imageClassName={photograph ? 'size-full' : 'size-3/4 max-w-84'}
          sizes={WIDTH}
          eager
        />
        <div className="tape absolute inset-x-0 bottom-0 h-6 rotate-180" aria-hidden="true" />
      </div>
      {images.length > 1 && (
        <ul ref={row} className="mt-3 flex flex-wrap gap-3" aria-label="Pictures">
          {images.map((thumbnail, position) => (
            <li key={thumbnail.url}>
              <button
                type="button"
                aria-pressed={position === chosen}
                aria-label={`Show picture ${position + 1}: ${thumbnail.alt}`}
                onClick={() => setChosen(position)}
                onKeyDown={onKeyDown}
                className="block cursor-pointer rounded-lg ring-2 ring-transparent ring-offset-2 ring-offset-zinc aria-pressed:ring-enamel-800"
              >
                <Picture
                  image={thumbnail}
                  slug={slug}
                  decorative
                  className="w-18 rounded-lg"
                  imageClassName={thumbnail.renditions.length > 0 ? 'size-full' : 'size-4/5'}
                  sizes="72px"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
