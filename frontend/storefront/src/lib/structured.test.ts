import type { Product } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import { breadcrumbData, embedded, productData } from './structured';

const ORIGIN = 'https://shop.example';

const product: Product = {
  id: 'prd_1',
  slug: 'claw-hammer',
  title: 'Claw hammer </script><script>alert(1)</script>',
  description: 'Hits nails.',
  brand: { slug: 'anvil', title: 'Anvil' },
  categories: [],
  images: [{ url: '/media/a.webp', alt: 'A hammer', renditions: [] }],
  options: [],
  variants: [
    {
      sku: 'H 1',
      title: '',
      options: {},
      price: { amount: 1899, currency: 'GBP' },
      compareAtPrice: null,
      available: 0,
    },
    {
      sku: 'H2',
      title: '',
      options: {},
      price: { amount: 5, currency: 'GBP' },
      compareAtPrice: null,
      available: 2,
    },
  ],
  rating: { average: 4.3, count: 12 },
  seo: { title: null, description: null },
};

describe('productData', () => {
  it('offers each variant at its price, in stock or out of it', () => {
    const data = productData(product, ORIGIN);
    expect(data.offers).toMatchObject([
      {
        sku: 'H 1',
        price: '18.99',
        priceCurrency: 'GBP',
        availability: 'https://schema.org/OutOfStock',
        url: 'https://shop.example/products/claw-hammer?sku=H%201',
      },
      { sku: 'H2', price: '0.05', availability: 'https://schema.org/InStock' },
    ]);
    expect(data.image).toEqual(['https://shop.example/media/a.webp']);
    expect(data.aggregateRating).toMatchObject({ ratingValue: 4.3, reviewCount: 12 });
  });

  it('claims no rating and no brand where there is none', () => {
    const data = productData({ ...product, rating: null, brand: null }, ORIGIN);
    expect(data).not.toHaveProperty('aggregateRating');
    expect(data).not.toHaveProperty('brand');
  });
});

describe('breadcrumbData', () => {
  it('counts the steps from the door to the product', () => {
    const { itemListElement } = breadcrumbData([{ slug: 'tools', title: 'Tools' }], product, ORIGIN);
    expect(itemListElement).toMatchObject([
      { position: 1, item: 'https://shop.example/' },
      { position: 2, name: 'Tools', item: 'https://shop.example/category/tools' },
      { position: 3, item: 'https://shop.example/products/claw-hammer' },
    ]);
  });
});

describe('embedded', () => {
  it('cannot end its element, and is the same JSON', () => {
    const data = productData(product, ORIGIN);
    expect(embedded(data)).not.toContain('<');
    expect(JSON.parse(embedded(data))).toEqual(data);
  });
});
