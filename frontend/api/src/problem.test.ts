import { describe, expect, it } from 'vitest';
import {
  ApiError,
  fieldErrors,
  isNotFound,
  isTransient,
  messageOf,
  readProblem,
  Unreachable,
} from './problem';

describe('readProblem', () => {
  it('keeps what the API said about stock', () => {
    const problem = readProblem(409, {
      type: 'https://ironmonger.example/problems/insufficient-stock',
      title: 'Not enough in stock',
      status: 409,
      detail: 'One item is short',
      errors: [{ pointer: '/items/HAM-16', detail: 'Only 2 left', sku: 'HAM-16', available: 2 }],
    });
    expect(problem.kind).toBe('insufficient-stock');
    expect(problem.errors).toEqual([
      { pointer: '/items/HAM-16', detail: 'Only 2 left', sku: 'HAM-16', available: 2 },
    ]);
  });

  it('makes a problem of answers that are none', () => {
    expect(readProblem(502, '<html>bad gateway</html>').detail).toMatch(/on our side/);
    expect(readProblem(429, { message: 'Too Many Requests' }).detail).toMatch(/busy/);
    expect(readProblem(401, { message: 'Unauthorized' }).detail).toMatch(/Sign in again/);
    expect(readProblem(500, undefined).errors).toEqual([]);
  });

  it('keeps what is there now, where somebody else was quicker', () => {
    expect(readProblem(412, { current: { version: 4 } }).current).toEqual({ version: 4 });
    expect(readProblem(412, {})).not.toHaveProperty('current');
  });

  it('drops malformed entries of errors', () => {
    const { errors } = readProblem(422, {
      errors: [null, 'x', { detail: 'no pointer' }, { pointer: '/email' }],
    });
    expect(errors).toEqual([{ pointer: '/email', detail: 'This is not accepted.' }]);
  });
});

describe('fieldErrors', () => {
  const fields = { '/email': 'email', '/shippingAddress/postalCode': 'postalCode' } as const;

  it('sorts errors onto fields and keeps the rest', () => {
    const problem = readProblem(422, {
      detail: 'Check the fields',
      errors: [
        { pointer: '/email', detail: 'Not an email address' },
        { pointer: '/email', detail: 'Second message' },
        { pointer: '/shippingAddress/postalCode/inner', detail: 'Too long' },
        { pointer: '/shippingAddress', detail: 'Not deliverable' },
      ],
    });
    expect(fieldErrors(problem, fields)).toEqual({
      fields: { email: 'Not an email address', postalCode: 'Too long' },
      others: ['Not deliverable'],
    });
  });

  it('does not take a field for another that starts alike', () => {
    const problem = readProblem(422, { errors: [{ pointer: '/emailOptIn', detail: 'Unknown field' }] });
    expect(fieldErrors(problem, fields).fields).toEqual({});
  });

  it('falls back to the detail where no field is named', () => {
    expect(fieldErrors(readProblem(409, { detail: 'The order has expired' }), fields).others).toEqual([
      'The order has expired',
    ]);
  });
});

describe('kinds of failure', () => {
  it('retries what may pass and nothing else', () => {
    expect(isTransient(new Unreachable(new TypeError('fetch failed')))).toBe(true);
    expect(isTransient(new ApiError(readProblem(503, null)))).toBe(true);
    expect(isTransient(new ApiError(readProblem(429, null)))).toBe(true);
    expect(isTransient(new ApiError(readProblem(409, null)))).toBe(false);
    expect(isTransient(new Error('bug'))).toBe(false);
  });

  it('knows what is not there', () => {
    expect(isNotFound(new ApiError(readProblem(404, null)))).toBe(true);
    expect(isNotFound(new ApiError(readProblem(400, null)))).toBe(true);
    expect(isNotFound(new ApiError(readProblem(503, null)))).toBe(false);
  });

  it('tells what the API said as a sentence', () => {
    const closed = new ApiError(readProblem(403, { detail: 'this account is being deleted, or was' }));
    expect(messageOf(closed)).toBe('This account is being deleted, or was.');
  });

  it('never shows the words of a programming error', () => {
    expect(messageOf(new TypeError('x is undefined'))).not.toMatch(/undefined/);
  });
});
