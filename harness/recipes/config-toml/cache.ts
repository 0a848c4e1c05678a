import type { TomlTable } from 'smol-toml';

/** `[runners.cache]` with an S3 server. */
export interface CacheSection {
  /** Host and port. */
  readonly serverAddress: string;
  /** Plain http. */
  readonly insecure: boolean;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/**
 * Any will do with a server that is not Amazon's. Without one the runner asks the server for it, from its own process,
 * before each job.
 */
const REGION = 'us-east-1';

/** The table, with the keys that gitlab-runner has had since 10.x. */
export function cacheTable(cache: CacheSection): TomlTable {
  return {
    Type: 's3',
    Shared: true,
    s3: {
      ServerAddress: cache.serverAddress,
      AccessKey: cache.accessKey,
      SecretKey: cache.secretKey,
      BucketName: cache.bucket,
      BucketLocation: REGION,
      Insecure: cache.insecure,
    },
  };
}
