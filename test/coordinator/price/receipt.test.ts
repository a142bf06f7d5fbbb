import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awsPrices } from '../../../coordinator/price/price-table.ts';
import { dollarsPerRequest, receiptFor, requestDollars } from '../../../coordinator/price/receipt.ts';
import { addUsage, billedGbSeconds, NO_USAGE, type Usage } from '../../../coordinator/price/usage.ts';
import { REQUEST_KINDS } from '../../../engine/store/request-counts.ts';

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= Math.abs(expected) * 1e-9, `${actual} is not ${expected}`);

describe('function time', () => {
  for (const [memoryMiB, durationMs, gbSeconds] of [
    [1024, 1000, 1],
    [1024, 999.1, 1],
    [1769, 100, 0.17275390625],
    [10_240, 900_000, 9000],
    [128, 0, 0],
  ] as const) {
    test(`is ${gbSeconds} GB-seconds for ${durationMs} ms with ${memoryMiB} MiB`, () =>
      near(billedGbSeconds(memoryMiB, durationMs), gbSeconds));
  }
});

describe('a receipt', () => {
  const usage: Usage = {
    invocations: 1_000_000,
    gbSeconds: 1000,
    requests: { get: 1_000_000, head: 500_000, put: 1_000_000, delete: 7, 'abort-multipart': 2 },
    readBytes: 10,
    writtenBytes: 20,
  };

  test('lists the items used and their total price', () => {
    const receipt = receiptFor(usage, awsPrices.x86_64);
    const dollars = Object.fromEntries(receipt.items.map((item) => [item.name, item.dollars]));
    assert.deepEqual(Object.keys(dollars), [
      'invocations',
      'GB-seconds',
      'get',
      'head',
      'put',
      'abort-multipart',
      'delete',
    ]);
    for (const [name, expected] of [
      ['invocations', 0.2],
      ['GB-seconds', 0.0166667],
      ['get', 0.4],
      ['head', 0.2],
      ['put', 5],
      ['delete', 0],
    ] as const) {
      near(dollars[name] ?? Number.NaN, expected);
    }
    near(receipt.dollars, 0.2 + 0.0166667 + 0.4 + 0.2 + 5);
    assert.deepEqual([receipt.readBytes, receipt.writtenBytes], [10, 20]);
    assert.match(receipt.prices, /x86_64.*2026-11-21/);
  });

  test('is lower on arm64 only because function time is cheaper there', () => {
    const [x86, arm] = [receiptFor(usage, awsPrices.x86_64), receiptFor(usage, awsPrices.arm64)];
    near(x86.dollars - arm.dollars, 1000 * (0.0000166667 - 0.0000133334));
  });

  test('lists invocations and function time even if nothing was used', () => {
    const receipt = receiptFor(NO_USAGE, awsPrices.arm64);
    assert.deepEqual(
      receipt.items.map(({ name, quantity }) => [name, quantity]),
      [
        ['invocations', 0],
        ['GB-seconds', 0],
      ],
    );
    assert.equal(receipt.dollars, 0);
  });

  test('has the same total for combined usage as separate receipts have together', () => {
    const both = receiptFor(addUsage(usage, usage), awsPrices.arm64);
    near(both.dollars, 2 * receiptFor(usage, awsPrices.arm64).dollars);
  });
});

test('adds up the prices of all kinds of requests', () => {
  const one = Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, 1]));
  const each = REQUEST_KINDS.reduce((sum, kind) => sum + dollarsPerRequest(kind, awsPrices.x86_64), 0);
  near(requestDollars(one, awsPrices.x86_64), each);
  near(each, 2 * 0.4e-6 + 6 * 5e-6);
});
