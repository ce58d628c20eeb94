import { describe, expect, it } from 'vitest';
import type { Category } from '../api/types';
import { dropped, inOrder, mayHold, mayStandIn, moved } from './tree';

const category = (slug: string, parent: string | null, position: number): Category => ({
  slug,
  title: slug,
  parent,
  position,
  description: null,
  productCount: 0,
  version: 1,
});

const TREE = [
  category('hammers', 'tools', 1),
  category('tools', null, 0),
  category('saws', 'tools', 0),
  category('garden', null, 1),
  category('claw', 'hammers', 0),
];

const drawn = (all: readonly Category[]) =>
  inOrder(all).map(({ category: { slug }, depth }) => `${'-'.repeat(depth)}${slug}`);

describe('the tree of categories', () => {
  it('lists each before those in it, siblings by position', () => {
    expect(drawn(TREE)).toEqual(['tools', '-saws', '-hammers', '--claw', 'garden']);
  });

  it('has no circles and is at most three deep', () => {
    expect(mayStandIn('tools', 'claw', TREE)).toBe(false);
    expect(mayStandIn('tools', 'tools', TREE)).toBe(false);
    expect(mayStandIn('garden', 'claw', TREE)).toBe(false);
    expect(mayStandIn('hammers', 'garden', TREE)).toBe(true);
    expect(mayStandIn('tools', 'garden', TREE)).toBe(false);
    expect(mayStandIn('claw', null, TREE)).toBe(true);
    expect(mayHold(TREE).map(({ slug }) => slug)).toEqual(['tools', 'saws', 'hammers', 'garden']);
  });

  it('takes a drop before, behind and into', () => {
    expect(dropped('hammers', 'saws', 'before', TREE)).toEqual({ parent: 'tools', position: 0 });
    expect(dropped('saws', 'hammers', 'behind', TREE)).toEqual({ parent: 'tools', position: 1 });
    expect(dropped('garden', 'tools', 'into', TREE)).toEqual({ parent: 'tools', position: 2 });
    expect(dropped('tools', 'claw', 'into', TREE)).toBeUndefined();
    expect(dropped('tools', 'tools', 'before', TREE)).toBeUndefined();
  });

  it('is after a move as the drop said', () => {
    expect(drawn(moved(TREE, 'hammers', { parent: 'tools', position: 0 }))).toEqual([
      'tools',
      '-hammers',
      '--claw',
      '-saws',
      'garden',
    ]);
    expect(drawn(moved(TREE, 'hammers', { parent: null, position: 1 }))).toEqual([
      'tools',
      '-saws',
      'hammers',
      '-claw',
      'garden',
    ]);
  });
});
