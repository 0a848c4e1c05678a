import { isIP } from 'node:net';
import { type Bundle, isArchive } from '../bundle/index.ts';
import { textOf } from '../bundle/text-of.ts';

/** A bundle with other names and addresses, and what stands for what. */
export interface Obfuscated {
  readonly bundle: Bundle;
  /** From the original to what stands in its place, in the order in which they were met. */
  readonly map: ReadonlyMap<string, string>;
}

/** Last labels that belong to everybody. */
const TOP =
  /^(?:com|net|org|io|de|fr|uk|co|eu|ch|at|nl|us|ca|jp|cn|in|br|edu|gov|mil|int|info|biz|dev|app|cloud|local|internal|lan|corp|intra|intranet|home|test|example|invalid|localhost|localdomain)$/;
/** Hosts of the open internet, which tell of nobody, and what looks like a host and is none. */
const KEPT =
  /(?:^|\.)(?:gitlab\.com|github\.com|docker\.(?:io|com)|quay\.io|gcr\.io|ghcr\.io|googleapis\.com|amazonaws\.com|npmjs\.org|pypi\.org|debian\.org|ubuntu\.com|alpinelinux\.org|maven\.org|apache\.org|golang\.org|k8s\.io|kubernetes\.io|systemd\.io|freedesktop\.org|kernel\.org)$/i;
const FILE =
  /\.(?:conf|toml|json|ya?ml|service|socket|target|timer|slice|scope|mount|d|log|txt|sh|go|py|js|ts|rb|xml|ini|cfg|lock|pid|sock|crt|pem|key|gz|tar|zip|so|html|md|env|git|properties|gradle|proxy|sslverify|sslcainfo|name|email|helper|autocrlf|url|path)$/i;
const NAME = /(?<![\w-]|[\w-]\.)(?:[a-z0-9](?:[\w-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-])/gi;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
/** Loopback, docker0's usual network, masks, and addresses that name nothing. */
const KEPT_ADDRESS = /^(?:127\.|0\.|255\.|172\.17\.|169\.254\.)/;

/**
 * Puts other names and addresses in place of those of a customer: the same everywhere, below the same domain where they were, and in the
 * same network. Public names, loopback and docker0's network stay, so `check` says the same of it.
 */
export function obfuscate(bundle: Bundle): Obfuscated {
  const names = new Names();
  const change = (text: string): string =>
    text.replace(IPV4, (address) => names.address(address)).replace(NAME, (name) => names.host(name));
  const files = bundle.files.map((file) => {
    const text = isArchive(file.bytes) ? undefined : textOf(file.bytes);
    return text === undefined ? file : { ...file, bytes: Buffer.from(change(text)) };
  });
  return { bundle: { ...bundle, files }, map: names.known };
}

/** What stands for what. */
class Names {
  readonly known = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  readonly #networks = new Map<string, string>();

  host(name: string): string {
    const lower = name.toLowerCase();
    const labels = lower.split('.');
    if (KEPT.test(lower) || FILE.test(lower) || !TOP.test(labels.at(-1) ?? '')) return name;
    const other = labels.map((label) => (TOP.test(label) ? label : this.#label(label))).join('.');
    this.known.set(lower, other);
    return other;
  }

  address(address: string): string {
    if (isIP(address) === 0 || KEPT_ADDRESS.test(address)) return address;
    const parts = address.split('.');
    // Addresses of one network stay in one; what is private stays so.
    const network = parts.slice(0, 3).join('.');
    const known = this.#networks.get(network) ?? this.#network(parts);
    this.#networks.set(network, known);
    const other = `${known}.${parts[3]}`;
    this.known.set(address, other);
    return other;
  }

  #label(label: string): string {
    const known = this.#labels.get(label) ?? `name${this.#labels.size + 1}`;
    this.#labels.set(label, known);
    return known;
  }

  #network([first = '', second = '', third = '']: readonly string[]): string {
    const nth = this.#networks.size + 1;
    const [high, low] = [Math.floor(nth / 250), (nth % 250) + 1];
    if (first === '10') return `10.${200 + (high % 50)}.${low}`;
    if (first === '192' && second === '168') return third === '0' ? '192.168.0' : `192.168.${low}`;
    if (first === '172' && Number(second) >= 16 && Number(second) < 32)
      return `172.${second}.${third === '0' ? 0 : low}`;
    return `198.${18 + (high % 2)}.${low}`;
  }
}
