/**
 * Generates TPC-H-shaped data with DuckDB alone: the eight tables of the TPC-H specification (v3, section 4.2) with its
 * keys, value sets, ranges and correlations, so that all 22 queries select the intended rows. Values come from a hash
 * of the row's key, so a given scale always has the same rows. This is not dbgen: text is shorter and its grammar
 * simpler, so results on this data must not be called TPC-H results.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBInstance } from '@duckdb/node-api';

export interface GenerateOptions {
  /** The scale factor. 1 generates 6 million lineitem rows, about 250 MB. */
  readonly scale: number;
  /** The output folder, created if missing, for one `TABLE.parquet` per table. */
  readonly directory: string;
  /** The number of rows per row group. DuckDB rounds it up to a multiple of 2,048. */
  readonly rowGroupSize: number;
}

const colors =
  'almond antique aquamarine azure beige bisque black blanched blue blush brown burlywood burnished chartreuse chiffon chocolate coral cornflower cornsilk cream cyan dark deep dim dodger drab firebrick floral forest frosted gainsboro ghost goldenrod green grey honeydew hot indian ivory khaki lace lavender lawn lemon light lime linen magenta maroon medium metallic midnight mint misty moccasin navajo navy olive orange orchid pale papaya peach peru pink plum powder puff purple red rose rosy royal saddle salmon sandy seashell sienna sky slate smoke snow spring steel tan thistle tomato turquoise violet wheat white yellow'.split(
    ' ',
  );
const nouns =
  'packages requests accounts deposits foxes ideas theodolites instructions dependencies excuses platelets asymptotes'.split(
    ' ',
  );
const verbs = 'sleep wake haggle nag use boost affix detect integrate cajole solve engage'.split(' ');
const adverbs = 'quickly slowly carefully blithely furiously ruthlessly silently daringly'.split(' ');
const adjectives = 'special pending unusual express ironic final regular bold even silent'.split(' ');
const nations: readonly (readonly [string, number])[] = [
  ['ALGERIA', 0],
  ['ARGENTINA', 1],
  ['BRAZIL', 1],
  ['CANADA', 1],
  ['EGYPT', 4],
  ['ETHIOPIA', 0],
  ['FRANCE', 3],
  ['GERMANY', 3],
  ['INDIA', 2],
  ['INDONESIA', 2],
  ['IRAN', 4],
  ['IRAQ', 4],
  ['JAPAN', 2],
  ['JORDAN', 4],
  ['KENYA', 0],
  ['MOROCCO', 0],
  ['MOZAMBIQUE', 0],
  ['PERU', 1],
  ['CHINA', 2],
  ['ROMANIA', 3],
  ['SAUDI ARABIA', 4],
  ['VIETNAM', 2],
  ['RUSSIA', 3],
  ['UNITED KINGDOM', 3],
  ['UNITED STATES', 1],
];

const list = (words: readonly string[]): string => `[${words.map((word) => `'${word}'`).join(', ')}]`;
/** Returns an SQL expression for a number from 0 to `n - 1` that depends only on the key and the salt. */
const pick = (key: string, salt: number, n: number | string): string => `CAST(hash(${key}, ${salt}) % ${n} AS BIGINT)`;
const oneOf = (words: readonly string[], key: string, salt: number): string =>
  `${list(words)}[${pick(key, salt, words.length)} + 1]`;
const sentence = (key: string, salt: number): string =>
  `concat_ws(' ', ${oneOf(adverbs, key, salt)}, ${oneOf(adjectives, key, salt + 1)}, ${oneOf(nouns, key, salt + 2)}, ${oneOf(verbs, key, salt + 3)}, ${oneOf(adverbs, key, salt + 4)}, ${oneOf(nouns, key, salt + 5)})`;
const money = (key: string, salt: number, lowCents: number, highCents: number): string =>
  `CAST((${pick(key, salt, highCents - lowCents + 1)} + ${lowCents}) / 100.0 AS DECIMAL(15,2))`;
const phone = (nation: string, key: string): string =>
  `printf('%d-%03d-%03d-%04d', ${nation} + 10, 100 + ${pick(key, 90, 900)}, 100 + ${pick(key, 91, 900)}, 1000 + ${pick(key, 92, 9000)})`;

/** Returns the i-th supplier of a part, the same in partsupp and lineitem (specification 4.2.3). */
const supplierOfPart = (part: string, i: string, suppliers: number): string =>
  `(${part} + ${i} * (${suppliers} // 4 + (${part} - 1) // ${suppliers})) % ${suppliers} + 1`;
const retailPrice = (part: string): string =>
  `CAST((90000 + ((${part} // 10) % 20001) + 100 * (${part} % 1000)) / 100.0 AS DECIMAL(15,2))`;

function tableQueries(scale: number): readonly (readonly [string, string])[] {
  const suppliers = Math.max(10, Math.round(10_000 * scale));
  const parts = Math.max(200, Math.round(200_000 * scale));
  const customers = Math.max(150, Math.round(150_000 * scale));
  const orders = customers * 10;
  return [
    [
      'region',
      `SELECT CAST(i AS BIGINT) AS r_regionkey, ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'][i + 1] AS r_name, ${sentence('i', 1)} AS r_comment FROM range(5) t(i)`,
    ],
    [
      'nation',
      `SELECT CAST(i AS BIGINT) AS n_nationkey, ${list(nations.map(([name]) => name))}[i + 1] AS n_name, CAST([${nations.map(([, region]) => region)}][i + 1] AS BIGINT) AS n_regionkey, ${sentence('i', 11)} AS n_comment FROM range(25) t(i)`,
    ],
    [
      'supplier',
      `SELECT i AS s_suppkey, printf('Supplier#%09d', i) AS s_name, substr(md5(CAST(i AS VARCHAR)), 1, 10 + ${pick('i', 21, 15)}) AS s_address, nation AS s_nationkey, ${phone('nation', 'i')} AS s_phone, ${money('i', 23, -99_999, 999_999)} AS s_acctbal,
      CASE WHEN i % 199 = 7 THEN 'sly Customer ' || ${sentence('i', 25)} || ' Complaints' WHEN i % 199 = 8 THEN 'Customer ' || ${sentence('i', 25)} || ' Recommends' ELSE ${sentence('i', 25)} END AS s_comment
      FROM (SELECT i, ${pick('i', 22, 25)} AS nation FROM range(1, ${suppliers + 1}) t(i))`,
    ],
    [
      'customer',
      `SELECT i AS c_custkey, printf('Customer#%09d', i) AS c_name, substr(md5(CAST(i AS VARCHAR)), 3, 10 + ${pick('i', 31, 15)}) AS c_address, nation AS c_nationkey, ${phone('nation', 'i')} AS c_phone, ${money('i', 33, -99_999, 999_999)} AS c_acctbal, ${oneOf(['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'MACHINERY', 'HOUSEHOLD'], 'i', 34)} AS c_mktsegment, ${sentence('i', 35)} AS c_comment
      FROM (SELECT i, ${pick('i', 32, 25)} AS nation FROM range(1, ${customers + 1}) t(i))`,
    ],
    [
      'part',
      `SELECT i AS p_partkey, concat_ws(' ', ${[41, 42, 43, 44, 45].map((salt) => oneOf(colors, 'i', salt)).join(', ')}) AS p_name, printf('Manufacturer#%d', maker) AS p_mfgr, printf('Brand#%d%d', maker, 1 + ${pick('i', 47, 5)}) AS p_brand,
      concat_ws(' ', ${oneOf(['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO'], 'i', 48)}, ${oneOf(['ANODIZED', 'BURNISHED', 'PLATED', 'POLISHED', 'BRUSHED'], 'i', 49)}, ${oneOf(['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'], 'i', 50)}) AS p_type, CAST(1 + ${pick('i', 51, 50)} AS INTEGER) AS p_size,
      concat_ws(' ', ${oneOf(['SM', 'LG', 'MED', 'JUMBO', 'WRAP'], 'i', 52)}, ${oneOf(['CASE', 'BOX', 'BAG', 'JAR', 'PKG', 'PACK', 'CAN', 'DRUM'], 'i', 53)}) AS p_container, ${retailPrice('i')} AS p_retailprice, ${sentence('i', 54)} AS p_comment
      FROM (SELECT i, 1 + ${pick('i', 46, 5)} AS maker FROM range(1, ${parts + 1}) t(i))`,
    ],
    [
      'partsupp',
      `SELECT p AS ps_partkey, ${supplierOfPart('p', 'j', suppliers)} AS ps_suppkey, CAST(1 + ${pick('p * 4 + j', 61, 9999)} AS INTEGER) AS ps_availqty, ${money('p * 4 + j', 62, 100, 100_000)} AS ps_supplycost, ${sentence('p * 4 + j', 63)} || ' ' || ${sentence('p * 4 + j', 70)} AS ps_comment
      FROM range(1, ${parts + 1}) t(p), range(4) u(j) ORDER BY p, j`,
    ],
    [
      'lineitem',
      `WITH o AS (SELECT i, (i // 8) * 32 + i % 8 + 1 AS orderkey, DATE '1992-01-01' + CAST(${pick('i', 72, 2406)} AS INTEGER) AS orderdate, 1 + ${pick('i', 71, 7)} AS lines FROM range(${orders}) t(i)),
      l AS (SELECT *, orderkey * 8 + line AS k FROM o, range(1, 8) u(line) WHERE line <= lines),
      p AS (SELECT *, 1 + ${pick('k', 73, parts)} AS part, 1 + ${pick('k', 74, 50)} AS quantity, orderdate + CAST(1 + ${pick('k', 75, 121)} AS INTEGER) AS shipdate FROM l),
      r AS (SELECT *, shipdate + CAST(1 + ${pick('k', 76, 30)} AS INTEGER) AS receiptdate FROM p)
      SELECT orderkey AS l_orderkey, part AS l_partkey, ${supplierOfPart('part', pick('k', 77, 4), suppliers)} AS l_suppkey, CAST(line AS INTEGER) AS l_linenumber, CAST(quantity AS DECIMAL(15,2)) AS l_quantity, CAST(quantity * ${retailPrice('part')} AS DECIMAL(15,2)) AS l_extendedprice,
      CAST(${pick('k', 78, 11)} / 100.0 AS DECIMAL(15,2)) AS l_discount, CAST(${pick('k', 79, 9)} / 100.0 AS DECIMAL(15,2)) AS l_tax, CASE WHEN receiptdate > DATE '1995-06-17' THEN 'N' WHEN ${pick('k', 80, 2)} = 0 THEN 'R' ELSE 'A' END AS l_returnflag, CASE WHEN shipdate > DATE '1995-06-17' THEN 'O' ELSE 'F' END AS l_linestatus,
      shipdate AS l_shipdate, orderdate + CAST(30 + ${pick('k', 81, 61)} AS INTEGER) AS l_commitdate, receiptdate AS l_receiptdate, ${oneOf(['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'], 'k', 82)} AS l_shipinstruct, ${oneOf(['REG AIR', 'AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB'], 'k', 83)} AS l_shipmode, ${sentence('k', 84)} AS l_comment
      FROM r ORDER BY i, line`,
    ],
    // Customers whose key is a multiple of three have no orders. The status and total price of an order follow from its
    // lines.
    [
      'orders',
      `SELECT orderkey AS o_orderkey, customer - CASE WHEN customer % 3 = 0 THEN 1 ELSE 0 END AS o_custkey, status AS o_orderstatus, total AS o_totalprice, orderdate AS o_orderdate, ${oneOf(['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'], 'i', 101)} AS o_orderpriority, printf('Clerk#%09d', 1 + ${pick('i', 102, Math.max(10, Math.round(1000 * scale)))}) AS o_clerk, CAST(0 AS INTEGER) AS o_shippriority, ${sentence('i', 103)} AS o_comment
      FROM (SELECT i, (i // 8) * 32 + i % 8 + 1 AS orderkey, 1 + ${pick('i', 100, customers)} AS customer, DATE '1992-01-01' + CAST(${pick('i', 72, 2406)} AS INTEGER) AS orderdate FROM range(${orders}) t(i))
      JOIN (SELECT l_orderkey, CAST(sum(l_extendedprice * (1 + l_tax) * (1 - l_discount)) AS DECIMAL(15,2)) AS total, CASE WHEN bool_and(l_linestatus = 'F') THEN 'F' WHEN bool_and(l_linestatus = 'O') THEN 'O' ELSE 'P' END AS status FROM lineitem GROUP BY l_orderkey) ON l_orderkey = orderkey ORDER BY i`,
    ],
  ];
}

async function writeTable(
  connection: DuckDBConnection,
  name: string,
  query: string,
  options: GenerateOptions,
): Promise<void> {
  await connection.run(`CREATE TABLE ${name} AS ${query}`);
  const file = join(options.directory, `${name}.parquet`).replaceAll("'", "''");
  await connection.run(`COPY ${name} TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE ${options.rowGroupSize})`);
}

/** Writes the eight tables as Parquet. `onTable` is called with each table's name when its file is complete. */
export async function generateTpch(
  options: GenerateOptions,
  onTable: (name: string) => void = () => {},
): Promise<void> {
  mkdirSync(options.directory, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const [name, query] of tableQueries(options.scale)) {
      await writeTable(connection, name, query, options);
      onTable(name);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
