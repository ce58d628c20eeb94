import { ApiError, readProblem, Unreachable } from '@ironmonger/api';
import type { HttpError } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { currentOf, fieldPath, formErrors, messageOf, toHttpError } from './errors';

const problem = (status: number, errors: { pointer: string; detail: string }[] = []) =>
  readProblem(status, { title: 'No', detail: 'It was refused.', errors });

describe('a pointer', () => {
  it.each([
    ['/title', 'title'],
    ['/seo/description', 'seo.description'],
    ['/variants/2/sku', 'variants.2.sku'],
    ['/variants/2/price', 'variants.2.price'],
    // What one input shows as a whole is one field.
    ['/variants/2/price/currency', 'variants.2.price'],
    ['/variants/0/options/Blade length', 'variants.0.options'],
    ['/categories/1', 'categories'],
    ['/types/0', 'types'],
    ['/options/0/values/3', 'options.0.values'],
    ['/options/0/name', 'options.0.name'],
    ['/images/0/id', 'images.0.alt'],
    // Lists have a place for what is wrong with them as a whole.
    ['/variants', 'variants.root'],
    ['/a~1b', 'a/b'],
    ['/path/sku', 'sku'],
    ['/webhook', 'webhook.kind'],
    ['/configuration/place/request/body', 'configuration'],
    ['/budget/daily/currency', 'budget.daily'],
    ['/limits/perMinute', 'limits.perMinute'],
    ['/plan/budget/amount', 'plan.budget'],
    ['/plan/curve/weights/3', 'plan.curve.weights'],
    ['/plan/every/count', 'plan.every.count'],
  ])('%s is the field %s', (pointer, field) => {
    expect(fieldPath(pointer)?.join('.')).toBe(field);
  });

  it.each(['', '/', '/variants/2'])('%j is no field', (pointer) => {
    expect(fieldPath(pointer)).toBeUndefined();
  });
});

describe('the errors of a form', () => {
  it('are nested like its values; the first word on a field counts', () => {
    const errors = formErrors(
      problem(422, [
        { pointer: '/variants/1/sku', detail: 'Taken.' },
        { pointer: '/variants/1/sku', detail: 'Too long.' },
        { pointer: '/title', detail: 'Empty.' },
      ]),
    );
    expect(errors).toMatchObject({ title: 'Empty.', variants: { 1: { sku: 'Taken.' } } });
    expect(errors.root).toEqual({ serverError: 'It was refused.' });
  });

  it('say at the head of the form what belongs to no field', () => {
    const errors = formErrors(problem(422, [{ pointer: '/variants/1', detail: 'It has stock.' }]));
    expect(errors.root).toEqual({ serverError: 'It has stock.' });
  });
});

it('words on a field stand alone', () => {
  const { sku } = formErrors(problem(422, [{ pointer: '/sku', detail: 'belongs to another product' }]));
  expect(sku).toBe('Belongs to another product.');
});

describe('what react-admin is told', () => {
  const told = (error: unknown) => toHttpError(error) as HttpError;

  it('has fields where the form can show them', () => {
    expect(told(new ApiError(problem(422))).body.errors).toBeDefined();
    expect(told(new ApiError(problem(409))).body.errors).toBeDefined();
    expect(told(new ApiError(problem(503))).body.errors).toBeUndefined();
  });

  it('has the current record where somebody else was quicker', () => {
    const error = told(new ApiError(readProblem(412, { current: { version: 9 } })));
    expect(error.status).toBe(412);
    expect(currentOf(error)).toEqual({ version: 9 });
    expect(currentOf(told(new ApiError(problem(422))))).toBeUndefined();
  });

  it('says what to do about a lost session and a missing right', () => {
    expect(told(new ApiError(problem(401))).message).toMatch(/Sign in/);
    expect(told(new ApiError(problem(403))).message).toMatch(/not permitted/);
    expect(told(new Unreachable(new Error('x'))).status).toBe(0);
  });

  it('never shows the words of a programming error', () => {
    expect(messageOf(new TypeError('x is undefined'))).not.toMatch(/undefined/);
    expect(messageOf(told(new ApiError(problem(404))))).toBe('It was refused.');
  });
});
