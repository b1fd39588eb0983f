namespace LatentConformance.Lessons.Recognising.Arithmetic;

internal static class TokensExtensions
{
    /// <summary>The first token that begins at this place or behind it; how many there are where none does.</summary>
    public static int From(this List<Token> tokens, int offset)
    {
        var (low, high) = (0, tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = tokens[middle].Start < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
