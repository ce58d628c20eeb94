import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadSiteConfig } from './config';
import { qrPath } from './qr';

const CONFIG = {
  region: 'eu-west-2',
  userPoolId: 'eu-west-2_a',
  userPoolClientId: 'client',
  cognitoEndpoint: null,
  currency: 'GBP',
  stage: 'local',
  realtimeUrl: null,
};

const answering = (body: string, status = 200) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));

afterEach(() => void vi.unstubAllGlobals());

describe('loadSiteConfig', () => {
  it('reads the file', async () => {
    answering(JSON.stringify({ ...CONFIG, cognitoEndpoint: 'http://127.0.0.1:4566', more: 1 }));
    expect(await loadSiteConfig()).toEqual({ ...CONFIG, cognitoEndpoint: 'http://127.0.0.1:4566' });
    answering(JSON.stringify({ ...CONFIG, realtimeUrl: 'wss://live.example' }));
    expect(await loadSiteConfig()).toMatchObject({ realtimeUrl: 'wss://live.example' });
  });

  it('takes a site that does not tell of real time for one without', async () => {
    for (const realtimeUrl of [undefined, '', 7]) {
      answering(JSON.stringify({ ...CONFIG, realtimeUrl }));
      expect(await loadSiteConfig()).toMatchObject({ realtimeUrl: null });
    }
  });

  it('says that there are no accounts where the file is missing or something else', async () => {
    for (const [body, status] of [
      ['<!doctype html>', 200],
      ['{}', 200],
      ['', 404],
    ] as const) {
      answering(body, status);
      await expect(loadSiteConfig()).rejects.toMatchObject({ kind: 'Misconfigured' });
    }
  });
});

describe('qrPath', () => {
  it('leaves the quiet zone around the code empty', () => {
    const { size, d } = qrPath('otpauth://totp/Ironmonger:ada?secret=ABC&issuer=Ironmonger');
    const places = [...d.matchAll(/M(\d+) (\d+)h/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe(size - 5);
  });
});
