using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>
/// Sums that are written out, with what they are said to come to: 256×256×3 = 196,608. A side is only read if it stands alone between
/// its neighbours; a chain in which anything is left out, named by a letter or denied is passed over.
/// </summary>
internal static class Chains
{
    public static IEnumerable<Judgement> In(Flat flat, List<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (!tokens[at].IsRelation)
            {
                continue;
            }

            var chain = new List<Side> { Side.EndingAt(flat.Text, tokens, at) };
            var relations = new List<Token>();
            while (at < tokens.Count && tokens[at].IsRelation)
            {
                relations.Add(tokens[at]);
                var side = Side.BeginningAt(flat.Text, tokens, at + 1);
                chain.Add(side);
                at = side.End;
                if (!side.Touches)
                {
                    break;
                }
            }

            at = Math.Max(at - 1, 0);
            foreach (var judgement in Judged(flat, chain, relations))
            {
                yield return judgement;
            }
        }
    }

    private static IEnumerable<Judgement> Judged(Flat flat, List<Side> chain, List<Token> relations)
    {
        var given = new HashSet<string>();
        Judgement? root = null;
        Side? sound = null;
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            var (left, right) = (chain[i], chain[i + 1]);
            if (left.Sum is null || right.Sum is null)
            {
                given.Clear();
                (root, sound) = (null, null);
                continue;
            }

            if (given.Count == 0)
            {
                given.UnionWith(left.Sum.Numbers.Select(n => Text(flat, n)));
            }

            // Once a link is wrong the rest is held against what stood before it: a right result stays right.
            if (Link.Judge(flat, sound ?? left, right, relations[i].Kind == TokenKind.Approximate, given) is { } judgement)
            {
                var reported = judgement with { Root = judgement.Fault is null ? null : root };
                yield return reported;
                if (root is null && reported.Fault is { Severity: Severity.Wrong })
                {
                    (root, sound) = (reported, left);
                }
            }
        }
    }

    internal static string Text(Flat flat, Printed printed) => flat.Text.Substring(printed.Token.Start, printed.Token.Length);
}
