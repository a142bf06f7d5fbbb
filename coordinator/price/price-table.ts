/** What a processor architecture's function time costs. */
export type Architecture = 'x86_64' | 'arm64';

/** A provider's prices, in US dollars, as they were on a day. */
export interface PriceTable {
  /** Shown with what was computed from it. */
  readonly name: string;
  /** The day the prices were looked up, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** For a second of a function of 1 GB (1,024 MiB). Function time is billed by the whole millisecond. */
  readonly dollarsPerGbSecond: number;
  readonly dollarsPerInvocation: number;
  /** A put, a part or the ends of a multipart upload, a listing. */
  readonly dollarsPerWriteRequest: number;
  /** A get or a head. Deleting costs nothing, nor does transfer within the region. */
  readonly dollarsPerReadRequest: number;
}

const S3_STANDARD = { dollarsPerWriteRequest: 5 / 1e6, dollarsPerReadRequest: 0.4 / 1e6 };

/** AWS Lambda and S3 standard in us-east-1, without free tier and discounts. */
export const awsPrices: Readonly<Record<Architecture, PriceTable>> = {
  x86_64: {
    name: 'AWS Lambda x86_64 and S3 standard, us-east-1',
    asOf: '2026-11-21',
    dollarsPerGbSecond: 0.0000166667,
    dollarsPerInvocation: 0.2 / 1e6,
    ...S3_STANDARD,
  },
  arm64: {
    name: 'AWS Lambda arm64 and S3 standard, us-east-1',
    asOf: '2026-11-21',
    dollarsPerGbSecond: 0.0000133334,
    dollarsPerInvocation: 0.2 / 1e6,
    ...S3_STANDARD,
  },
};
