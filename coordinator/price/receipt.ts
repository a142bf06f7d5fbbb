import { REQUEST_KINDS, type RequestKind } from '../../engine/store/request-counts.ts';
import type { PriceTable } from './price-table.ts';
import type { RequestsByKind, Usage } from './usage.ts';

/** One line of a receipt. */
export interface ReceiptItem {
  readonly kind: 'invocations' | 'function-time' | 'store-requests';
  /** The unit of the quantity: `invocations`, `GB-seconds`, or a kind of request. */
  readonly name: string;
  readonly quantity: number;
  readonly dollars: number;
}

/** The itemized cost of a job. */
export interface Receipt {
  /** The name and date of the price table. */
  readonly prices: string;
  readonly items: readonly ReceiptItem[];
  readonly dollars: number;
  /** Bytes read from and written to the store, which are free within a region. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** Returns the receipt for a usage. Invocations and function time are always listed, and other items only if they were used. */
export function receiptFor(usage: Usage, prices: PriceTable): Receipt {
  const { invocations, gbSeconds, requests, readBytes, writtenBytes } = usage;
  const items: ReceiptItem[] = [
    {
      kind: 'invocations',
      name: 'invocations',
      quantity: invocations,
      dollars: invocations * prices.dollarsPerInvocation,
    },
    {
      kind: 'function-time',
      name: 'GB-seconds',
      quantity: gbSeconds,
      dollars: gbSeconds * prices.dollarsPerGbSecond,
    },
  ];
  for (const kind of REQUEST_KINDS) {
    const quantity = requests[kind] ?? 0;
    if (quantity === 0) continue;
    const dollars = quantity * dollarsPerRequest(kind, prices);
    items.push({ kind: 'store-requests', name: kind, quantity, dollars });
  }
  const dollars = items.reduce((sum, item) => sum + item.dollars, 0);
  return { prices: `${prices.name}, ${prices.asOf}`, items, dollars, readBytes, writtenBytes };
}

/** Returns the cost of requests to a store, in dollars. */
export function requestDollars(requests: RequestsByKind, prices: PriceTable): number {
  return REQUEST_KINDS.reduce((sum, kind) => sum + (requests[kind] ?? 0) * dollarsPerRequest(kind, prices), 0);
}

/** Returns the price of one request of a kind, in dollars. */
export function dollarsPerRequest(kind: RequestKind, prices: PriceTable): number {
  switch (kind) {
    case 'get':
    case 'head':
      return prices.dollarsPerReadRequest;
    case 'put':
    case 'list':
    case 'create-multipart':
    case 'upload-part':
    case 'complete-multipart':
    case 'list-multipart':
      return prices.dollarsPerWriteRequest;
    case 'delete':
    case 'abort-multipart':
      return 0;
    default:
      return kind satisfies never;
  }
}
