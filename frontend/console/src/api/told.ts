import type { components } from '@ironmonger/api';

/** The types of the API's document. */
export type Schemas = components['schemas'];

/** What the API's document lets be absent is always there in its answers, be it as null. */
export type Told<T> = T extends readonly (infer Element)[]
  ? Told<Element>[]
  : T extends object
    ? { [Name in keyof T]-?: Told<Exclude<T[Name], undefined>> }
    : T;

/** A type with some of its members told more exactly than the API's document does. */
export type With<T, Members> = Omit<T, keyof Members> & Members;
