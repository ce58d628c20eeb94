import { isNotFound, type Product } from '@ironmonger/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Breadcrumb } from '../components/Breadcrumb';
import { Buy } from '../components/Buy';
import { Failure } from '../components/Failure';
import { Gallery } from '../components/Gallery';
import { ProductCard, SHELF } from '../components/ProductCard';
import { Reviews } from '../components/Reviews';
import { Stars } from '../components/Stars';
import { categoriesQuery, pathToProduct, productQuery, relatedQuery } from '../lib/catalogue';
import { usePage } from '../lib/page';
import { breadcrumbData, embedded, productData } from '../lib/structured';
import { NotFoundPage } from './NotFoundPage';

const route = getRouteApi('/products/$slug');

function ProductSkeleton() {
  return (
    <div className="mt-5 grid gap-8 lg:grid-cols-2 lg:gap-14">
      <p className="sr-only">Loading the product…</p>
      <div className="skeleton aspect-square rounded-2xl" />
      <div className="space-y-5 pt-4">
        <div className="skeleton h-4 w-24" />
        <div className="skeleton h-10 w-4/5" />
        <div className="skeleton h-9 w-32" />
        <div className="skeleton h-24 w-full" />
        <div className="skeleton h-12 w-full" />
      </div>
    </div>
  );
}

function Related({ product, category }: { product: Product; category: string | undefined }) {
  const { data } = useQuery(relatedQuery(product, category));
  // What is only an addition leaves no gap and no complaint when it does not come.
  if (!data || data.length === 0) return null;
  return (
    <section aria-labelledby="related" className="mt-16 sm:mt-20">
      <h2 id="related" className="mb-6 border-t-2 border-iron-950 pt-6 text-3xl font-extrabold">
        From the same drawer
      </h2>
      <ul className={SHELF}>
        {data.map((other) => (
          <li key={other.id}>
            <ProductCard product={other} heading="h3" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rated({ product }: { product: Product }) {
  const { rating } = product;
  if (!rating || rating.count === 0) return null;
  return (
    <p className="-mt-2 mb-5">
      <button
        type="button"
        className="link inline-flex cursor-pointer items-center gap-2.5 py-1"
        onClick={() => document.getElementById('reviews')?.scrollIntoView()}
      >
        <Stars value={rating.average} />
        {rating.count === 1 ? 'One review' : `${rating.count} reviews`}
      </button>
    </p>
  );
}

function ProductView({ product }: { product: Product }) {
  const { sku } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: categories } = useQuery(categoriesQuery);
  const path = pathToProduct(categories?.items, product);
  const { origin } = window.location;
  usePage({
    title: product.seo.title ?? product.title,
    description: product.seo.description ?? product.description.slice(0, 160),
    canonical: `/products/${product.slug}`,
  });
  return (
    <>
      <script type="application/ld+json">{embedded(productData(product, origin))}</script>
      <script type="application/ld+json">{embedded(breadcrumbData(path, product, origin))}</script>
      <Breadcrumb path={path} />
      <div className="mt-5 grid gap-8 lg:grid-cols-2 lg:gap-14">
        <Gallery product={product} />
        <div>
          {product.brand && <p className="label-caps text-enamel-800">{product.brand.title}</p>}
          <h1 className="mt-1 mb-5 text-4xl leading-[1.08] font-black sm:text-5xl">{product.title}</h1>
          <Rated product={product} />
          <Buy
            product={product}
            sku={sku}
            onVariant={(chosen) =>
              void navigate({ search: { sku: chosen }, replace: true, resetScroll: false })
            }
          />
          <section aria-labelledby="about" className="mt-9 border-t-2 border-iron-950 pt-6">
            <h2 id="about" className="text-xl font-bold">
              About it
            </h2>
            <p className="mt-3 max-w-prose leading-relaxed whitespace-pre-line text-iron-700">
              {product.description}
            </p>
          </section>
        </div>
      </div>
      <Reviews product={product} />
      <Related product={product} category={path.at(-1)?.slug} />
    </>
  );
}

/** A product, to look at and to buy. */
export function ProductPage() {
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const { data: product, error, isPending, refetch } = useQuery(productQuery(slug));
  // An id or a former slug leads to the product too: the address bar gets the one that counts.
  const moved = product && product.slug !== slug ? product.slug : undefined;
  useEffect(() => {
    if (moved) void navigate({ params: { slug: moved }, search: true, replace: true, resetScroll: false });
  }, [moved, navigate]);
  if (isNotFound(error)) return <NotFoundPage what="product" />;
  return (
    <div className="mx-auto max-w-7xl px-4 pt-8 sm:pt-12 lg:px-8">
      {isPending && <ProductSkeleton />}
      {error && !product && (
        <>
          <h1 className="sr-only">Product</h1>
          <Failure title="The product could not be loaded" error={error} onRetry={() => void refetch()} />
        </>
      )}
      {product && <ProductView key={product.id} product={product} />}
    </div>
  );
}
