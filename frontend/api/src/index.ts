export * from './addresses';
export * from './client';
export * from './countries';
export * from './money';
export * from './problem';
export type { components } from './schema';
export * from './trace';
export * from './types';
