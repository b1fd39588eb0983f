namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Statements that are right, or that are no sums, or that nobody means to be right. None may be accused; ⏎ is the end of a line.</summary>
internal static class RightSums
{
    /// <summary>Names, labels, functions, residues, bytes that overflow.</summary>
    public const string Labels = """
        Step 2 = the encoder, Step 3 = the decoder.
        Figure 3: x = 5 at the left.
        f(2) = 5 and f(3) = 10.
        The learning rate x = 3 = y holds only once.
        7 + 8 = 3 mod 12
        7 + 8 = 3 (mod 12)
        In arithmetic modulo 12, 7 + 8 = 3.
        7 + 8 ≡ 3 (mod 12)
        On a clock 11 + 2 = 1.
        In binary 1 + 1 = 10.
        In base two, 10 + 1 = 11.
        In Python 0.1 + 0.2 = 0.30000000000000004.
        0.1 + 0.2 == 0.3 is False.
        Because 0.1 + 0.2 ≠ 0.3 you should compare with a tolerance.
        255 + 1 = 0 in uint8.
        With 8 bits 200 + 100 = 44.
        In uint8, 200 + 100 = 44.
        int8: 127 + 1 = -128
        7 / 2 = 3 with integer division.
        In Python 2, 7 / 2 = 3.
        7 // 2 = 3
        7 % 2 = 1
        17 % 5 = 2
        -7 // 2 = -4
        """;

    /// <summary>What is carried from one unit into another.</summary>
    public const string Units = """
        6 + 3 = 9 million
        8192 × 4 bytes = 32 KB
        24 hours × 60 = 1440 minutes
        2 h = 120 min
        1 km = 1000 m
        1 GB = 1024 MB
        1 byte = 8 bits
        1 B = 8 bits
        4 × 8 bits = 4 bytes
        3 × 5 cm = 0.15 m
        7B × 2 bytes = 14 GB
        70B parameters × 2 bytes = 140 GB
        1000 m / 2 = 0.5 km
        60 min × 2 = 2 h
        30 fps × 10 s = 300 frames
        100 g + 50 g = 0.15 kg
        5 ft 10 in = 178 cm
        90° = 1.57 rad
        180 = π
        32 GB / 8 = 4 GB per GPU
        8 × 80 = 640 GB
        16 bits × 1024 = 2 KB
        100 Mbit / 8 = 12.5 MB
        3600 s = 1 h
        0.5 s = 500 ms
        1.5 ms × 1000 = 1.5 s
        $12 × 3 = $36
        €10 + 19% = €11.90
        $0.02 / 1000 = $20 per million
        20 °C = 68 °F
        """;

    public const string Percentages = """
        20% of 50 = 10
        50 + 10% = 55
        100 + 10 % = 110
        200 - 25% = 150
        80% × 50 = 40
        3 of 4 = 75%
        3/4 = 75%
        1/3 = 33%
        0.333 = 1/3
        2/3 = 0.67
        The shares are 33.3% + 33.3% + 33.3% = 100%.
        33% + 33% + 33% = 100%
        12.5% + 25% + 62.4% = 99.9%
        5% + 5% = 10.25% after compounding
        """;

    /// <summary>Rounded, cut off, K that is 1,024.</summary>
    public const string Magnitudes = """
        2^10 = 1000
        2^10 = 1K
        2^20 = 1M
        2^30 = 1 billion
        2^30 = 1B
        2^16 = 65K
        2^16 = 64K
        4096 = 4K
        65536 = 64K
        64 KB = 65536 bytes
        8 × 1024 = 8K
        1024 × 1024 = 1M
        8192 × 256 = 2M
        8192 × 256 = 2.1M
        8192 × 256 ≈ 2 million
        512 × 512 × 3 = 786K
        512 × 512 × 3 ≈ 800K
        512 × 512 × 3 ≈ 0.8 million
        10^6 × 10^6 = 10^12
        3 × 10^5 × 4 × 10^6 = 10^12
        π = 3.14
        e = 2.718
        e^2 = 7.39
        π/2 = 1.57
        √2 = 1.41
        √2 = 1.414
        1/3 = 0.333...
        1/3 = 0.333…
        22/7 = 3.142857...
        log(2) = 0.69
        log 2 = 0.301
        log 8 = 3
        log 1000 = 3
        log(100) = 2
        ln 2 = 0.693
        log2(1024) = 10
        log_2 8192 = 13
        exp(1) = 2.72
        1/7 = 0.14
        2^0.5 = 1.4
        1 - 0.9^10 = 0.65
        0.99^100 = 0.37
        0.99^100 = 0.366
        1.01^365 = 37.8
        """;

    /// <summary>Letters beside numbers.</summary>
    public const string Variables = """
        2K = 16,384 when K = 8192
        4x = 12, so x = 3
        2x + 3 = 7
        3e = 8.15
        2M + 1 = 9
        M = 4 and 2M = 8
        K = 512, D = 64, K × D = 32,768
        L = 5, d = 6, L^d = 15,625
        n = 5
        2n = 10
        3B = 12
        1e = 1
        y = 2x = 6
        y = 3(2) + 1 = 7
        a = 5, 2a = 10
        x = 2, x^2 = 4
        x_1 + 2 = 5
        x1 = 2, x2 = 3
        T = 1000 steps, T/2 = 500
        β = 4: 4 × KL = 12
        loss = 3 + 2β = 11
        0.5 σ² = 2
        h = 64, 2h = 128
        f = 8, 512/f = 64
        512 / f = 64
        H/8 × W/8 = 4096
        3N = 12 with N = 4
        d_model = 512 = 8 × 64
        d_k = 64 = 512/8
        num_heads × 64 = 512
        batch = 32 = 8 × 4
        """;

    /// <summary>Footnotes, citations, versions, dates, ratios.</summary>
    public const string Marks = """
        The result is 2 + 3 = 5³ as explained.
        The result is 48 × 2 = 96² (see the notes).
        2 + 2 = 4[3]
        2 + 2 = 4 [3]
        The model (2020) has 3 × 4 = 12 layers [7].
        Version 1.2.3 = 1.2.4 minus the bug
        Python 3.10 = 3.1 for YAML
        2024-03-15 = 15 March 2024
        15/03/2024 = March 15
        12:30 = 12.5 hours
        pp. 3-5 = three pages
        3-5 = three to five
        ISBN 978-0-262-03561-3 = Deep Learning
        doi:10.1145/3292500 = 10.1145
        Phone 555-1234 = 7 digits
        Section 3.2 = 3.3 in the second edition
        Exercise 4-2 = easy
        Table 2-1 = 2.1
        Chapter 1 + 2 = 60 pages
        9-5 = the working day
        24/7 = always
        50/50 = a fair split
        80/20 = the Pareto rule
        16:9 = 1.78
        4:3 = 1.33
        3 : 4 = 6 : 8
        1:10 = 10 %
        90/10 = split of train and test
        70/15/15 = train/val/test
        1/2/2024 = second of January
        """;

    /// <summary>Quizzes, sayings, what somebody else believes.</summary>
    public const string Denied = """
        - 5 = five
        - 3 + 4 = 7
        - 512×512 = 262,144
        A) 2 × 3 = 5
        (b) 2 × 3 = 5
        B. 512 × 512 = 250,000
        - [ ] 8 × 8 = 46
        - [ ] A: 8 × 8 = 46
        - [x] 8 × 8 = 64
        a. 64 × 4 = 265
        Many think that 2 × 3 = 5.
        Many people believe 64 × 64 = 4,069.
        It is not 64 × 64 = 4,069.
        You might think 8^2 = 16.
        A common mistake: 8^2 = 16.
        A student wrote 8^2 = 16.
        True or false: 8^2 = 16?
        Is 8^2 = 16?
        Does 3 × 4 = 13?
        What if 2 + 2 = 5?
        Suppose 2 + 2 = 5.
        In Orwell's 1984, 2 + 2 = 5.
        If 1 = 2 then everything follows.
        Contradiction: 1 = 0.
        0 = 1 is absurd.
        LLMs say that 12 × 12 = 145.
        The model answered "17 × 23 = 401".
        GPT-2 outputs 2 + 2 = 7
        Prompt: 23 + 48 = 61
        Q: 23 + 48 = 61. Correct?
        ~~2 + 2 = 5~~
        Wrong: 2 + 2 = 5
        Incorrect: 2 + 2 = 5
        ✗ 2 + 2 = 5
        ❌ 2 + 2 = 5
        2 + 2 = 5 ❌
        2 + 2 = 5 is wrong.
        2 + 2 = 5 (wrong!)
        2 + 2 = 5, which is false.
        2 + 2 = 5? No.
        1 + 1 = 3 is a saying about synergy.
        the famous 1 + 1 = 3 effect
        """;

    public const string CodeLike = """
        for i in range(10): x = i * 2 = 4
        x = 5; y = x + 2 = 7
        if a == 3 and b == 4: 3 + 4 == 8
        i += 1 = 2
        loss=0.5 acc=0.9
        --lr 3e-4 --epochs 10 = default
        key=1 + 2
        a[0] = 1, a[1] = 2
        a[2] = 3 + a[1] = 5
        x[0] + x[1] = 3
        [1, 2] + [3] = [1, 2, 3]
        "1" + "1" = "11"
        '3' * 3 = '333'
        [0] * 3 = [0, 0, 0]
        [1, 2, 3] * 2 = [2, 4, 6]
        [1, 2] · [3, 4] = 11
        (1, 2) · (3, 4) = 11
        (1, 2) × (3, 4) = -2
        1 << 4 = 16
        5 & 3 = 1
        5 | 3 = 7
        5 ^ 3 = 6
        5 XOR 3 = 6
        ~5 = -6
        1 if x else 0 = 1
        10 -> 20 = 2x
        0x10 = 16
        0x10 + 1 = 17
        0b101 = 5
        010 = 8
        1e3 = 1000
        1_000 = 1000
        True + 1 = 2
        3 @ 4 = 12
        """;

    /// <summary>Units of work, data and money.</summary>
    public const string Counted = """
        a 2 × 3 = 6 grid
        3 + 4 + 5 = 12 total layers
        1 + 2 + 3 layers = 6
        BERT: 12 layers, 12 heads = 110M
        Answer = 4
        2 + 2 = ?
        2 + 2 = __
        2 + 2 = x
        2 + _ = 5
        5 + (-3) = 2
        5 + -3 = 2
        5 - -3 = 8
        (5)(3) = 15
        5(3) = 15
        5 (3) = 5
        |−3| + 2 = 5
        -3 + 5 = 2
        −3 × −2 = 6
        (−3)² = 9
        −3² = −9
        (1 − 0.9)² = 0.01
        (0.5 − 0.7)² = 0.04
        ½ · (1 + 1 − 0 − 1) = ½
        ½(9 + 0.04 − ln 0.04 − 1) = 5.63
        0.5 × (9 + 0.2 − log 0.2 − 1) = 4.9
        0.5*(1+0.25-1-log(0.25)) = 0.818
        -0.7 × log2(0.7) - 0.3 × log2(0.3) = 0.88
        −0.5 log 0.5 − 0.5 log 0.5 = 1 bit
        −0.5 log 0.5 − 0.5 log 0.5 = 0.693 nats
        -log(0.9) = 0.105
        -log(0.9) = 0.046
        log(1e-7) = -16.1
        -ln(0.25) = 1.386
        2 ln 2 = 1.39
        10 log10(255²/100) = 28.1 dB
        20 log10(255/10) = 28.13
        20·log₁₀(255) − 10·log₁₀(100) = 28.13
        10 log 2 = 3
        e^-1 = 0.37
        e^0 = 1
        exp(-2) = 0.135
        √(3² + 4²) = 5
        √16 = 4
        √16 = ±4
        2√2 = 2.83
        √2/2 = 0.707
        1/√64 = 0.125
        1/√(512) = 0.044
        64^0.5 = 8
        64**0.5 = 8
        8**2 = 64
        2 ** 10 = 1024
        5<sup>6</sup> = 15,625
        2<sup>13</sup> = 8192
        10⁻³ = 0.001
        2¹⁰ = 1024
        5^6=15625
        """;
}
