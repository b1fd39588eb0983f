using LatentConformance.Lessons.Reading;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Reading;

public class FlatTests
{
    private static readonly Flat Whole = new("abcd", [10, 11, 15, 16, 17]) { Notes = [new(0, "a", 1), new(2, "c", 2), new(4, "end", 3)] };

    [TestCase(0, 2, "ab", "10 11 15", "0a")]
    [TestCase(2, 2, "cd", "15 16 17", "0c 2end")]
    [TestCase(1, 2, "bc", "11 15 16", "1c")]
    [TestCase(4, 0, "", "17", "0end")]
    public void Slice_Of_TakesItsNotes(int start, int length, string text, string map, string notes)
    {
        var slice = Whole.Slice(start, length);
        Assert.That((slice.Text, string.Join(' ', slice.Map), string.Join(' ', slice.Notes.Select(n => $"{n.At}{n.Text}"))), Is.EqualTo((text, map, notes)));
    }

    [Test]
    public void OffsetOf_EndOrBeyond_IsTheEnd() => Assert.That((Whole.OffsetOf(2), Whole.OffsetOf(4), Whole.OffsetOf(9)), Is.EqualTo((15, 17, 17)));
}
