import { ApiError, COUNTRIES, countryName, readProblem, toAddress, Unreachable } from '@ironmonger/api';
import { describe, expect, it } from 'vitest';
import {
  type DetailField,
  type Details,
  isShortage,
  missing,
  refusals,
  toGuestRequest,
  toMyRequest,
} from './checkout';

const details: Details = {
  email: ' ada@example.org ',
  name: 'Ada Farrier',
  line1: '12 Anvil Row',
  line2: '  ',
  city: 'Dudley',
  region: '',
  postalCode: 'DY1 4PX',
  country: 'GB',
};

const ALL = Object.keys(details) as DetailField[];

describe('an order for the API', () => {
  it('trims, and leaves out the optional parts that were left empty', () => {
    expect(toGuestRequest('crt_1', details)).toEqual({
      cartId: 'crt_1',
      email: 'ada@example.org',
      shippingAddress: {
        name: 'Ada Farrier',
        line1: '12 Anvil Row',
        city: 'Dudley',
        postalCode: 'DY1 4PX',
        country: 'GB',
      },
      paymentProvider: 'sandbox',
    });
  });

  it('does not name a customer’s address: the API knows it', () => {
    const order = toMyRequest('crt_1', toAddress(details));
    expect(order).not.toHaveProperty('email');
    expect(order.shippingAddress).toEqual(toGuestRequest('crt_1', details).shippingAddress);
  });
});

describe('missing', () => {
  it('wants the required fields alone, and more than blanks in them', () => {
    expect(missing(details, ALL).fields).toEqual({});
    expect(Object.keys(missing({ ...details, name: '  ', city: '' }, ALL).fields)).toEqual(['name', 'city']);
  });

  it('wants nothing that is not asked for', () => {
    expect(missing({ ...details, email: '', name: '' }, ['name']).fields).toEqual({
      name: 'This is needed.',
    });
    expect(missing({ ...details, email: '', name: '' }, []).fields).toEqual({});
  });
});

describe('refusals', () => {
  it('puts the API’s messages at the fields, as sentences', () => {
    const problem = readProblem(422, {
      errors: [
        { pointer: '/shippingAddress/postalCode', detail: 'must have at most 16 characters' },
        { pointer: '/cartId', detail: 'is empty' },
      ],
    });
    expect(refusals(new ApiError(problem))).toEqual({
      fields: { postalCode: 'Must have at most 16 characters.' },
      others: ['Is empty.'],
    });
  });

  it('says so when there was no answer', () => {
    expect(refusals(new Unreachable(new TypeError('lost'))).others[0]).toMatch(/could not be reached/);
  });

  it('lists what is short, and knows that it is a shortage', () => {
    const error = new ApiError(
      readProblem(409, {
        type: '/problems/insufficient-stock',
        errors: [{ pointer: '/items/HAM', detail: 'only 2 left', sku: 'HAM', available: 2 }],
      }),
    );
    expect(isShortage(error)).toBe(true);
    expect(refusals(error).others).toEqual(['Only 2 left.']);
  });
});

describe('countries', () => {
  it('are all there once, by name, home first', () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(new Set(COUNTRIES.map(({ code }) => code)).size).toBe(249);
    expect(COUNTRIES[0]).toEqual({ code: 'GB', name: 'United Kingdom' });
    expect(COUNTRIES.every(({ code, name }) => name !== code)).toBe(true);
  });

  it('keep a code that has no name', () => {
    expect(countryName('not a code')).toBe('not a code');
  });
});
