import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { isStray, labelsOf } from '../../../harness/cli/in-docker/container/labels.ts';
import { newRunLabel } from '../../../harness/process/run-label.ts';
import { deadRun } from './_dead.ts';

const own = newRunLabel();
const gone = deadRun();

test('a container is a stray when the owner of its run is certainly gone', () => {
  expect(isStray(labelsOf(own.label), true)).toBe(false);
  expect(isStray(labelsOf(gone), true)).toBe(true);
  expect(isStray(labelsOf(gone), false)).toBe(true);
});

test('what runs of other machines left is theirs, and so may be what runs and began before this machine did', () => {
  expect(labelsOf(gone)).toMatchObject({ 'proxyproof.machine': hostname() });
  expect(isStray({ ...labelsOf(gone), 'proxyproof.machine': 'another' }, false)).toBe(false);
  const before = { ...labelsOf(gone), 'proxyproof.boot': '00000000-0000-0000-0000-000000000000' };
  expect(isStray(before, true)).toBe(false);
  expect(isStray(before, false)).toBe(true);
});

test('a container with no label of ours is none of ours', () => {
  expect(isStray({}, false)).toBe(false);
  expect(isStray(labelsOf(''), false)).toBe(false);
  expect(isStray(labelsOf('not-a-label'), false)).toBe(false);
});
