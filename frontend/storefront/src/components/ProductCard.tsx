import type { HighlightPart, ListingItem } from '@ironmonger/api';
import { Link } from '@tanstack/react-router';
import { Highlighted } from './Highlighted';
import { Picture } from './Picture';
import { Price } from './Price';
import { RatingLine } from './Stars';

interface CardProps {
  product: ListingItem & { highlight?: { title: HighlightPart[] } | null };
  /** The level of its heading: one below that of what it stands in. */
  heading: 'h2' | 'h3';
  /** For the first of a freshly loaded page, which takes the focus when the button is gone. */
  linkRef?: (link: HTMLAnchorElement | null) => void;
}

/** A product on the shelf. */
export function ProductCard({ product, heading: Heading, linkRef }: CardProps) {
  return (
    <article className="card group relative flex h-full flex-col overflow-hidden transition-shadow duration-200 hover:shadow-drawer">
      <Picture
        image={product.image}
        slug={product.slug}
        decorative
        imageClassName={`size-3/4 transition-transform duration-300 ease-out-soft group-hover:-translate-y-1 group-hover:scale-105 ${product.inStock ? '' : 'opacity-45 grayscale'}`}
      />
      <div className="flex flex-1 flex-col p-3 sm:p-4">
        {product.brand && (
          <p className="label-caps mb-1 text-[0.72rem] text-iron-600">{product.brand.title}</p>
        )}
        <Heading className="font-sans text-[0.95rem] leading-snug font-semibold tracking-normal sm:text-base">
          <Link
            to="/products/$slug"
            params={{ slug: product.slug }}
            ref={linkRef}
            className="after:absolute after:inset-0 group-hover:underline group-hover:decoration-tape-500 group-hover:decoration-2 group-hover:underline-offset-4 focus-visible:outline-none focus-visible:after:rounded-xl focus-visible:after:outline-4 focus-visible:after:-outline-offset-4 focus-visible:after:outline-iron-950"
          >
            <Highlighted parts={product.highlight?.title} text={product.title} />
          </Link>
        </Heading>
        <RatingLine rating={product.rating} />
        <p className="mt-auto flex flex-wrap items-baseline justify-between gap-x-2 pt-2">
          <Price
            price={product.price}
            compareAt={product.compareAtPrice}
            className="font-display text-lg font-bold sm:text-xl"
          />
          {!product.inStock && <span className="label-caps text-oxide-700">Sold out</span>}
        </p>
      </div>
    </article>
  );
}

/** The shelves: two abreast on a phone, four on a desk. */
export const SHELF = 'grid grid-cols-2 gap-3 sm:gap-5 md:grid-cols-3 lg:grid-cols-4';

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

/** Shelves whose goods are on their way. */
export function ShelfSkeleton({ count }: { count: number }) {
  return (
    <div className={SHELF} aria-hidden="true">
      {PLACES.slice(0, count).map((place) => (
        <div key={place} className="card overflow-hidden">
          <div className="skeleton aspect-square rounded-none" />
          <div className="space-y-2 p-4">
            <div className="skeleton h-4 w-4/5" />
            <div className="skeleton h-5 w-1/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
