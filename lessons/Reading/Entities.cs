using System.Collections.Frozen;
using System.Globalization;

namespace LatentConformance.Lessons.Reading;

/// <summary>Characters that HTML writes by name or by number.</summary>
internal static class Entities
{
    /// <summary>The names that lessons use; one that is not among them stays as it is written.</summary>
    private const string Names = """
        amp & lt < gt > quot " apos ' excl ! num # dollar $ percnt % lpar ( rpar ) ast * plus + comma , period . sol / colon : semi ;
        equals = quest ? commat @ lsqb [ lbrack [ bsol \ rsqb ] rbrack ] Hat ^ lowbar _ grave ` lcub { lbrace { verbar | vert | rcub } rbrace }
        iexcl ¡ cent ¢ pound £ curren ¤ yen ¥ brvbar ¦ sect § uml ¨ copy © ordf ª laquo « not ¬ reg ® macr ¯ deg ° plusmn ± pm ±
        sup1 ¹ sup2 ² sup3 ³ acute ´ micro µ para ¶ middot · centerdot · cedil ¸ ordm º raquo » frac14 ¼ frac12 ½ half ½ frac34 ¾ iquest ¿
        frac13 ⅓ frac23 ⅔ frac15 ⅕ frac18 ⅛ frac38 ⅜ frac58 ⅝ frac78 ⅞
        times × div ÷ divide ÷ minus − sdot ⋅ lowast ∗ radic √ Sqrt √ infin ∞ prop ∝ sum ∑ prod ∏ int ∫ part ∂ nabla ∇ oplus ⊕ otimes ⊗ odot ⊙ compfn ∘
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ equiv ≡ asymp ≈ ap ≈ approx ≈ sim ∼ cong ≅ Lt ≪ ll ≪ Gt ≫ gg ≫
        isin ∈ in ∈ notin ∉ ni ∋ sub ⊂ sup ⊃ sube ⊆ supe ⊇ cap ∩ cup ∪ empty ∅ forall ∀ exist ∃ and ∧ or ∨ ang ∠ perp ⊥ there4 ∴ setminus ∖
        larr ← uarr ↑ rarr → darr ↓ harr ↔ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ rightarrow → leftarrow ← mapsto ↦ map ↦ crarr ↵ xrarr ⟶
        Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ
        Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ epsilon ε epsi ε varepsilon ϵ zeta ζ eta η theta θ iota ι kappa κ
        lambda λ mu μ nu ν xi ξ omicron ο pi π rho ρ sigma σ sigmaf ς tau τ upsilon υ phi φ varphi ϕ chi χ psi ψ omega ω thetasym ϑ piv ϖ ell ℓ
        hellip … mldr … ndash – mdash — horbar ― hyphen ‐ dash ‐ lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ lsaquo ‹ rsaquo › prime ′ Prime ″
        bull • bullet • dagger † Dagger ‡ permil ‰ euro € trade ™ check ✓ cross ✗ star ☆ starf ★ loz ◊ spades ♠ hearts ♥
        lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lang ⟨ rang ⟩ langle ⟨ rangle ⟩ Vert ‖ Verbar ‖ mid ∣ par ∥ parallel ∥ hbar ℏ real ℜ reals ℝ Ropf ℝ image ℑ aleph ℵ
        agrave à aacute á acirc â atilde ã auml ä aring å aelig æ ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï
        ntilde ñ ograve ò oacute ó ocirc ô otilde õ ouml ö oslash ø ugrave ù uacute ú ucirc û uuml ü yuml ÿ szlig ß Auml Ä Ouml Ö Uuml Ü Eacute É Ccedil Ç
        Agrave À Aacute Á Acirc Â Aring Å AElig Æ Egrave È Ecirc Ê Ntilde Ñ Oslash Ø oelig œ OElig Œ scaron š Scaron Š inodot ı imath ı jmath ȷ
        """;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Known = Read().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What Windows means by the numbers 128 to 159, as every browser reads them.</summary>
    private const string Windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    /// <summary>The character that is written at `at`, where an ampersand stands.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int at, out int character, out int end)
    {
        var rest = text.Slice(at + 1, Math.Min(text.Length - at - 1, 40));
        (character, end) = (0, at);
        if (rest is ['#', ..])
        {
            var hex = rest.Length > 1 && rest[1] is 'x' or 'X';
            var from = hex ? 2 : 1;
            var to = from;
            while (to < rest.Length && (hex ? char.IsAsciiHexDigit(rest[to]) : char.IsAsciiDigit(rest[to])))
            {
                to++;
            }

            if (to == from)
            {
                return false;
            }

            character = Valid(uint.TryParse(rest[from..to], hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : uint.MaxValue);
            end = at + 1 + to + (to < rest.Length && rest[to] == ';' ? 1 : 0);
            return true;
        }

        var length = rest.IndexOf(';');
        if (length <= 0 || !Known.TryGetValue(rest[..length], out character))
        {
            return false;
        }

        end = at + length + 2;
        return true;
    }

    public static void Write(int character, FlatBuilder written, int offset)
    {
        if (character > 0xFFFF)
        {
            written.Add((char)(0xD800 + ((character - 0x10000) >> 10)), offset);
            written.Add((char)(0xDC00 + ((character - 0x10000) & 0x3FF)), offset);
        }
        else
        {
            written.Add((char)character, offset);
        }
    }

    private static int Valid(uint code) => code switch
    {
        0 or > 0x10FFFF or (>= 0xD800 and < 0xE000) => 0xFFFD,
        13 => 10,
        >= 128 and < 160 => Windows[(int)code - 128],
        _ => (int)code,
    };

    private static FrozenDictionary<string, int> Read()
    {
        var words = Names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var read = Enumerable.Range(0, words.Length / 2).ToDictionary(i => words[2 * i], i => (int)words[(2 * i) + 1][0]);
        (string Name, char Space)[] spaces =
        [
            ("nbsp", '\u00A0'), ("NonBreakingSpace", '\u00A0'), ("ensp", '\u2002'), ("emsp", '\u2003'), ("numsp", '\u2007'), ("puncsp", '\u2008'), ("thinsp", '\u2009'),
            ("ThinSpace", '\u2009'), ("hairsp", '\u200A'), ("zwj", '\u200D'), ("zwnj", '\u200C'), ("lrm", '\u200E'), ("rlm", '\u200F'), ("shy", '\u00AD'),
            ("ZeroWidthSpace", '\u200B'), ("NoBreak", '\u2060'), ("NewLine", '\n'), ("Tab", '\t'), ("ApplyFunction", '\u2061'), ("InvisibleTimes", '\u2062'),
        ];
        foreach (var (name, space) in spaces)
        {
            read[name] = space;
        }

        return read.ToFrozenDictionary();
    }
}
