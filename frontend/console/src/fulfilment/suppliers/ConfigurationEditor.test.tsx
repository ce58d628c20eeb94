import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CoreAdminContext } from 'react-admin';
import { FormProvider, useForm } from 'react-hook-form';
import { expect, it } from 'vitest';
import { createProvider } from '../../data/provider';
import { fakeApi, type Seen } from '../../test-api';
import type { Adapter, Preview } from '../types';
import { ConfigurationEditor } from './ConfigurationEditor';

const ADAPTER: Adapter = {
  id: 'http-json',
  title: 'JSON over HTTP',
  description: 'For any supplier with a JSON API.',
  fields: [
    {
      path: 'baseUrl',
      title: 'Base URL',
      help: 'What all paths are appended to.',
      kind: 'text',
      required: true,
      choices: [],
      example: 'https://api.example.org',
    },
  ],
  example: {},
  credential: null,
  operations: ['place', 'statuses'],
  isPolled: true,
};

const CONFIGURATION = '{\n  "baseUrl": "https://a.example",\n  "place": { "request": { "body": "{" } }\n}';

function Page({ text }: { text: string }) {
  const form = useForm({ defaultValues: { adapter: 'http-json', configuration: text } });
  return (
    <FormProvider {...form}>
      <ConfigurationEditor adapter={ADAPTER} />
    </FormProvider>
  );
}

function show(text: string, answer: (seen: Seen) => Preview) {
  const { http, seen } = fakeApi((asked) => ({ body: answer(asked) }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CoreAdminContext dataProvider={createProvider(http)}>
        <Page text={text} />
      </CoreAdminContext>
    </QueryClientProvider>,
  );
  return seen;
}

const fine: Preview = {
  requests: {
    place: { method: 'POST', url: 'https://a.example/orders', headers: [], body: '{"ref":"tsk_sample"}' },
  },
  readings: {},
  faults: [],
};

it('leads from what does not work out to its line', async () => {
  show(CONFIGURATION, () => ({
    requests: {},
    readings: {},
    faults: [{ path: 'place.request.body', reason: 'unbalanced `{`' }],
  }));
  await userEvent.click(await screen.findByRole('button', { name: 'Go to line 3' }));
  const editor = screen.getByLabelText<HTMLTextAreaElement>('Configuration (JSON)');
  expect(document.activeElement).toBe(editor);
  expect(CONFIGURATION.slice(editor.selectionStart)).toMatch(/^"body"/);
});

it('shows what would be sent, and what is read in a sample', async () => {
  const seen = show(CONFIGURATION, ({ body }) => ({
    ...fine,
    readings: (body as { samples: object }).samples,
  }));
  expect(await screen.findByText(/POST https:\/\/a\.example\/orders/)).toBeDefined();
  const sample = screen.getByLabelText('Sample answer: place');
  await userEvent.click(sample);
  await userEvent.paste('{"id": "A-17"}');
  await waitFor(
    () => expect(screen.getByRole('region', { name: 'What is read of place' }).textContent).toContain('A-17'),
    {
      timeout: 3000,
    },
  );
  expect(seen.at(-1)).toMatchObject({
    path: '/api/console/fulfilment/adapters/preview',
    body: { adapter: 'http-json', samples: { place: { id: 'A-17' } } },
  });
});

it('asks nothing about a text that is no JSON, and says where it goes wrong', async () => {
  const seen = show('{\n  "a": 1\n  "b": 2\n}', () => fine);
  expect(await screen.findByText(/This is no JSON yet/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Go to line 3' })).toBeDefined();
  expect(seen).toEqual([]);
});
