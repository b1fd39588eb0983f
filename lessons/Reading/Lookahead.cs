namespace LatentConformance.Lessons.Reading;

/// <summary>
/// What may be spent on looking ahead in vain, a few times the length of the text: thousands of quotes that never close must not make
/// reading quadratic. When it is spent, what would need looking ahead is taken as it stands.
/// </summary>
internal sealed class Lookahead(int length)
{
    private long left = (8L * length) + 100_000;

    public bool Spent => left < 0;

    public void Failed(int distance) => left -= distance;
}
