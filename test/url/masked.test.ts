import { describe, expect, it } from 'vitest';
import { maskedText, maskedUrl } from '../../harness/url/index.ts';

describe('maskedUrl', () => {
  it.each([
    ['http://bob:hunter22@proxy:3128', 'http://…@proxy:3128'],
    ['http://bob:hun@ter@proxy:3128/x', 'http://…@proxy:3128/x'],
    ['http://bob:hun/ter#2?2@proxy:3128', 'http://…@proxy:3128'],
    ['http://bob:hun ter@proxy:3128', 'http://…@proxy:3128'],
    ['bob:hunter22@proxy:3128', '…@proxy:3128'],
    ['http://bob:hunter22%40proxy:3128', 'http://…@proxy:3128'],
    ['HTTPS://token@proxy', 'HTTPS://…@proxy'],
    ['http://«proxy-credentials»@proxy', 'http://«proxy-credentials»@proxy'],
    ['http://…@proxy', 'http://…@proxy'],
    ['http://proxy:3128', 'http://proxy:3128'],
    ['@proxy', '@proxy'],
    ['', ''],
  ])('%s', (url, masked) => expect(maskedUrl(url)).toBe(masked));
});

describe('maskedText', () => {
  it.each([
    ["unknown option '--prox=http://bob:pw@p:1'", "unknown option '--prox=http://…@p:1'"],
    ['HTTP_PROXY=http://bob:pw@p:1 and more', 'HTTP_PROXY=http://…@p:1 and more'],
    ['There is no file /work/http:/bob:pw@p here', 'There is no file …@p here'],
    ['Environment="HTTP_PROXY=http://bob:pw@p:1" x', 'Environment="HTTP_PROXY=http://…@p:1" x'],
    ['+Environment="HTTP_PROXY=http://…@p:1"', '+Environment="HTTP_PROXY=http://…@p:1"'],
    ['-Environment="HTTP_PROXY=http://bob:pw@p:1"', '-Environment="HTTP_PROXY=http://…@p:1"'],
    ['Environment="HTTP_PROXY=bob:pw@p:1"', '…@p:1"'],
    ['see bob:pw@p, or “http://bob:pw@p”', 'see …@p, or “http://…@p”'],
    ['/app/node_modules/@types/node stays', '/app/node_modules/@types/node stays'],
    ['an @ is %40, a : is %3A', 'an @ is %40, a : is %3A'],
    ['two\nlines with http://u:p@h\nin them', 'two\nlines with http://…@h\nin them'],
  ])('%s', (text, masked) => expect(maskedText(text)).toBe(masked));
});
