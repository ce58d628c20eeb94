import { act, fireEvent, render, screen } from '@testing-library/react';
import { ListContextProvider, type ListControllerResult } from 'react-admin';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchFilter } from './Filters';

describe('SearchFilter', () => {
  const setFilters = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    window.history.replaceState({}, '', '/console/customers');
    render(
      <ListContextProvider value={{ filterValues: {}, setFilters } as unknown as ListControllerResult}>
        <SearchFilter source="email" label="Email" />
      </ListContextProvider>,
    );
    fireEvent.change(screen.getByRole('searchbox', { name: 'Email' }), { target: { value: 'ada ' } });
  });

  afterEach(() => {
    vi.useRealTimers();
    setFilters.mockReset();
  });

  it('follows once the typing pauses', () => {
    expect(setFilters).not.toHaveBeenCalled();
    act(() => vi.runAllTimers());
    expect(setFilters).toHaveBeenCalledWith({ email: 'ada' });
  });

  it('leaves somebody alone who has gone to another page meanwhile', () => {
    window.history.pushState({}, '', '/console/customers/1/show');
    act(() => vi.runAllTimers());
    expect(setFilters).not.toHaveBeenCalled();
  });
});
