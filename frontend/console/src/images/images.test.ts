import { describe, expect, it } from 'vitest';
import type { ConsoleProduct } from '../api/types';
import { adopted } from './adopt';
import { altOf, fileSize, MAX_BYTES, whyNot } from './files';

describe('whyNot', () => {
  it('takes pictures up to the limit', () => {
    expect(whyNot({ type: 'image/png', size: MAX_BYTES })).toBeUndefined();
    expect(whyNot({ type: 'image/png', size: MAX_BYTES + 1 })).toMatch(/at most/);
  });

  it('refuses what is no picture, and nothing at all', () => {
    expect(whyNot({ type: 'image/svg+xml', size: 10 })).toMatch(/JPEG/);
    expect(whyNot({ type: 'image/png', size: 0 })).toMatch(/empty/);
  });
});

it('sizes read well', () => {
  expect([12, 2048, 15 * 1024 * 1024].map(fileSize)).toEqual(['12 bytes', '2.0 KB', '15 MB']);
});

it('a file’s name is proposed as its words, a camera’s number is not', () => {
  expect(altOf('claw-hammer_02.jpg')).toBe('claw hammer 02');
  expect(altOf('IMG_2044.JPG')).toBe('');
  expect(altOf('DSC-1.png')).toBe('');
});

describe('adopted', () => {
  const image = (url: string) => ({ id: url, url, alt: url, width: null, height: null, renditions: [] });
  const base = {
    id: 'p',
    version: 1,
    title: 'A',
    images: [image('a')],
    variants: [],
  } as unknown as ConsoleProduct;
  const current = { ...base, version: 2, images: [image('a'), image('new')] };

  it('puts the new picture behind what is in the form, on the new version', () => {
    const form = { ...base, title: 'Edited', images: [] };
    expect(adopted(base, form, current)).toEqual({ images: [image('new')], version: 2 });
  });

  it('leaves the version alone where somebody changed more', () => {
    expect(adopted(base, base, { ...current, title: 'Theirs' }).version).toBeUndefined();
  });
});
