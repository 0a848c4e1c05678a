import type { RequestKind } from '../ledger/index.ts';
import { originForm } from '../url/index.ts';

const API = '/api/v4/';

/** The path of a request target, without its query; a target in absolute form loses scheme and authority. */
export const pathOf = (target: string): string => originForm(target).replace(/\?.*$/s, '') || '/';

/**
 * What a request is for, from its method and path alone.
 * @param bucket of caches, if there is one: the first part of a path in it
 */
export function requestKindOf(method: string, path: string, bucket?: string): RequestKind {
  if (path.startsWith(API)) return apiKind(method, path.slice(API.length));
  if (path.startsWith('/object-storage/')) return 'object-storage';
  if (path === '/jwt/auth') return 'registry-token';
  if (bucket !== undefined && (path === `/${bucket}` || path.startsWith(`/${bucket}/`))) return 'cache';
  if (/\/info\/lfs(\/|$)|\/gitlab-lfs\//.test(path)) return 'lfs';
  if (/\/(info\/refs|git-upload-pack|git-receive-pack)$/.test(path)) return 'git';
  return 'unknown';
}

function apiKind(method: string, path: string): RequestKind {
  // The hottest first: nearly every request of a runner asks for a job.
  if (path === 'jobs/request') return method === 'POST' ? 'job' : 'unknown';
  if (method === 'PATCH') return /^jobs\/\d+\/trace$/.test(path) ? 'trace' : 'unknown';
  if (method === 'PUT') return /^jobs\/\d+$/.test(path) ? 'update' : 'unknown';
  if (/^jobs\/\d+\/artifacts$/.test(path)) {
    if (method === 'POST') return 'upload';
    return method === 'GET' || method === 'HEAD' ? 'download' : 'unknown';
  }
  return runnersKind(method, path);
}

function runnersKind(method: string, path: string): RequestKind {
  if (method === 'GET') return path === 'runners/router/discovery' ? 'discovery' : 'unknown';
  if (method === 'DELETE') return path === 'runners' || path === 'runners/managers' ? 'unregister' : 'unknown';
  if (method !== 'POST') return 'unknown';
  if (path === 'runners') return 'register';
  if (path === 'runners/verify') return 'verify';
  return /^runners\/(\d+\/)?reset_authentication_token$/.test(path) ? 'reset-token' : 'unknown';
}
