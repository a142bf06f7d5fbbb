import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { formatTable } from '../../../../coordinator/front/result/table.ts';
import { textWidth, truncateToWidth, visibleText } from '../../../../coordinator/front/result/terminal-text.ts';
import { resultOf, textOf } from './query-result.ts';

const WIDTHS: readonly (readonly [what: string, text: string, cells: number])[] = [
  ['ASCII', 'select 1', 8],
  ['Latin letters', 'Größe', 5],
  ['Han', '漢字', 4],
  ['Hangul', '한국어', 6],
  ['full-width forms', 'ＡＢ', 4],
  ['half-width katakana', 'ｱｲ', 2],
  ['an emoji', '😀', 2],
  ['an emoji with a skin tone', '👍🏽', 2],
  ['a family joined by ZWJ', '👨‍👩‍👧‍👦', 2],
  ['a flag', '🇯🇵', 2],
  ['a keycap', '1️⃣', 2],
  ['a combining accent', 'e\u0301', 1],
  ['stacked combining marks', 'Z\u0351\u036b\u0343', 1],
  ['a zero-width space', 'a\u200bb', 2],
  ['Devanagari with a spacing vowel', 'कि', 2],
  ['box characters', '┌─┐', 3],
];

for (const [what, text, cells] of WIDTHS) {
  test(`measures the width of ${what}`, async () => assert.equal((await textWidth([text]))(text), cells));
}

test('agrees with string-width on every printable character below U+0300', async () => {
  for (let code = 0x20; code < 0x300; code += 1) {
    const text = String.fromCharCode(code);
    if (visibleText(text) === text)
      assert.equal((await textWidth([text]))(text), stringWidth(text), `U+${code.toString(16)}`);
  }
});

const CUTS: readonly (readonly [text: string, cells: number, shown: string])[] = [
  ['select', 6, 'select'],
  ['select', 5, 'sele…'],
  ['漢字漢字', 5, '漢字…'],
  ['漢字漢字', 6, '漢字…'],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 3, '👨‍👩‍👧‍👦…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
];

for (const [text, cells, shown] of CUTS) {
  test(`truncates ${text} to ${cells} cells without splitting a grapheme`, async () => {
    const widthOf = await textWidth([text]);
    assert.equal(truncateToWidth(text, cells, widthOf), shown);
    assert.ok(widthOf(shown) <= cells);
  });
}

test('escapes control characters, ANSI sequences and bidirectional overrides', () => {
  assert.equal(visibleText('a\x1b[31mred\x1b[0m'), 'a\\u001b[31mred\\u001b[0m');
  assert.equal(visibleText('\u009b2J\u202etxt\t\0\x7f'), '\\u009b2J\\u202etxt\\t\\0\\u007f');
});

test('draws all lines of a table at the same width for any names and values', async () => {
  const values = WIDTHS.map(([, text]) => `('${text}', 'plain')`);
  const result = resultOf(`FROM (VALUES ${values.join(', ')}) AS t("列e\u0301", plain)`);
  for (const maxWidth of [14, 80]) {
    const lines = (await textOf(formatTable(result, { maxWidth }))).trimEnd().split('\n');
    const tableLines = lines.filter((line) => !/^\d/.test(line));
    assert.deepEqual([...new Set(tableLines.map((line) => stringWidth(line)))].length, 1);
  }
});

test('escapes control characters in type names', async () => {
  const text = await textOf(formatTable(resultOf(`SELECT {'a\u001b[2J': 1} AS s`)));
  assert.ok(!text.includes('\u001b'));
});
