export { HttpBackend } from './http-backend.ts';
export { type JobRepositories, jobRepositories } from './job-repositories.ts';
export { RepositoryStore } from './repository-store.ts';
export { type GitServices, lfsFile, serveGit } from './serve-git.ts';
