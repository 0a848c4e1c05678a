// Fetches URLs with Node's own clients, in the environment it was started with: a question a line, an answer a line.
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

const LIMIT_MS = 8000;
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const clients = {
  'node-fetch': (url, signal) => fetch(url, { signal }),
  'node-http': (url, signal) =>
    new Promise((resolve, reject) => {
      const request = (url.startsWith('https:') ? https : http).get(url, { signal });
      request.on('response', (response) => response.resume().on('close', resolve)).on('error', reject);
    }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { client, url } = JSON.parse(line);
  const words = await clients[client](url, AbortSignal.timeout(LIMIT_MS)).then(
    () => '',
    (error) => `${error.message}${error.cause ? `: ${error.cause.message}` : ''}`,
  );
  process.stdout.write(`${words.replaceAll('\n', ' ').slice(0, 200)}\n`);
}
