using System.Buffers.Binary;
using System.Text;

namespace LatentConformance.Lessons.Reading;

/// <summary>From bytes to text: UTF-8, or UTF-16 that says so with its first two bytes.</summary>
public static class FileReader
{
    public const int Largest = 32 << 20;
    private const int Head = 8192;

    public static SourceText Read(string path)
    {
        using var file = File.OpenRead(path);
        if (file.Length > Largest)
        {
            throw TooLarge();
        }

        var bytes = new byte[file.Length];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Decode(path, bytes.AsSpan(0, length));
    }

    public static SourceText Decode(string path, ReadOnlySpan<byte> bytes) => new(path, bytes switch
    {
        _ when bytes.Length > Largest => throw TooLarge(),
        [0xFF, 0xFE, .. var rest] => Wide(rest, BinaryPrimitives.ReadUInt16LittleEndian),
        [0xFE, 0xFF, .. var rest] => Wide(rest, BinaryPrimitives.ReadUInt16BigEndian),
        _ when bytes[..Math.Min(bytes.Length, Head)].Contains((byte)0) => throw new UnreadableException("is binary"),
        [0xEF, 0xBB, 0xBF, .. var rest] => Utf8(rest),
        _ => Utf8(bytes),
    });

    private delegate ushort ReadUnit(ReadOnlySpan<byte> bytes);

    /// <summary>Half a surrogate pair is kept as it is: what reads the text has to bear it anyway.</summary>
    private static string Wide(ReadOnlySpan<byte> bytes, ReadUnit read)
    {
        var text = new char[bytes.Length / 2];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)read(bytes[(2 * i)..]);
        }

        return new(text);
    }

    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var used);
            var ascii = rest.IndexOfAnyExceptInRange((byte)0, (byte)127);
            if (ascii != 0)
            {
                rest = ascii < 0 ? [] : rest[ascii..];
            }
            else if (status == System.Buffers.OperationStatus.Done)
            {
                rest = rest[used..];
            }
            else
            {
                var at = bytes.Length - rest.Length;
                throw new UnreadableException($"is not UTF-8: byte 0x{rest[0]:X2} at line {LineAt(bytes[..at])}; save it as UTF-8");
            }
        }

        return Encoding.UTF8.GetString(bytes);
    }

    private static int LineAt(ReadOnlySpan<byte> before) =>
        1 + before.Count((byte)'\n') + before.Count((byte)'\r') - before.Count("\r\n"u8);

    private static UnreadableException TooLarge() => new("is larger than 32 MiB");
}
