/** What the page sets as `NO_PROXY` for jobs with a dind service: the alias `docker`, with each port of its API. */
export const DIND_NO_PROXY = 'docker:2375,docker:2376';
