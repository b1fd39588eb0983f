using System.Globalization;
using System.Text;

namespace LatentConformance.Conformance.Wire;

/// <summary>
/// Text from outside made safe to print: no control or format characters (they drive terminals and turn text around),
/// no line breaks, no more than a reader can take in.
/// </summary>
public static class Plain
{
    private const int Longest = 300;

    public static string Text(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= Longest)
            {
                plain.Append('…');
                break;
            }

            var category = Rune.GetUnicodeCategory(rune);
            var drives = category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            plain.Append(rune.Value is '\n' or '\r' or '\t' ? " " : drives ? "?" : rune.ToString());
        }

        return plain.ToString().Trim();
    }

    public static string Bytes(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * Longest)]));
}
