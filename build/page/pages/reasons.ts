/** Why a sentence has no scenario. */
export const READING = 'advice on reading: nothing to hold a runner to';
export const LEADS = 'leads to an example';
export const ADVICE = 'advice to people: no runner, and no client that it drives, does it';
export const KUBERNETES = 'the Kubernetes executor is no subject here';
export const WINDOWS = 'Windows is no subject here';
/** A step of the page that is done on a whole machine. */
export const WALK = ['host/page-walkthrough'] as const;
