import type { CoveredPage } from '../coverage.ts';
import { advanced } from './advanced.ts';
import { faq } from './faq.ts';
import { proxy } from './proxy.ts';
import { tls } from './tls.ts';

/** The pages that requirements are cited from. */
export const coveredPages: readonly CoveredPage[] = [proxy, tls, faq, advanced];
