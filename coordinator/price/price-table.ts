/** The processor architecture of a function, which determines the price of its time. */
export type Architecture = 'x86_64' | 'arm64';

/** A provider's prices on one day, in US dollars. */
export interface PriceTable {
  /** The name shown with costs computed from the table. */
  readonly name: string;
  /** The day on which the prices were looked up, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The price of one second of a function with 1 GB (1,024 MiB) of memory. Function time is billed in whole milliseconds. */
  readonly dollarsPerGbSecond: number;
  readonly dollarsPerInvocation: number;
  /** The price of a put, of a listing, and of each request of a multipart upload: its start, each part, and its end. */
  readonly dollarsPerWriteRequest: number;
  /** The price of a get or a head. Deletes and transfers within the region are free. */
  readonly dollarsPerReadRequest: number;
}

const S3_STANDARD = { dollarsPerWriteRequest: 5 / 1e6, dollarsPerReadRequest: 0.4 / 1e6 };

/** The prices of AWS Lambda and S3 Standard in us-east-1, without free tier and discounts. */
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
