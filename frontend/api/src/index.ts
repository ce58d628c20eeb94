export * from './client';
export * from './money';
export * from './problem';
export * from './types';
