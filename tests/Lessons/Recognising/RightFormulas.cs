namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Formulas and chains that are right, or that are no sums. None may be accused.</summary>
internal static class RightFormulas
{
    /// <summary>LaTeX and the signs of mathematics.</summary>
    public const string Latex = """
        $\mathbb{E}[X] = 2 \cdot 0.5 = 1$
        $\binom{5}{2} = 10$
        $5! = 120$
        $\binom{4}{2} = 6$
        $\sum_{i=1}^{3} i = 6$
        $\sum_{i=1}^{10} 2 = 20$
        $\prod_{i=1}^{3} i = 6$
        $\int_0^1 2 x dx = 1$
        $\lim_{n \to 0} 3 = 3$
        $\underbrace{2 \cdot 3}_{6} = 6$
        $\underbrace{512 \times 512}_{\text{pixels}} \times 3 = 786432$
        $2 \text{ heads} \times 3 = 6 \text{ dims}$
        $\overline{12} + 3 = 15$
        $\|(3, 4)\| = 5$
        $\|3 - 7\|^2 = 16$
        $|3 - 7| = 4$
        |3 - 7| = 4
        ‖3 − 7‖² = 16
        $\lfloor 7/2 \rfloor = 3$
        $\lceil 7/2 \rceil = 4$
        ⌊7/2⌋ = 3
        ⌈7/2⌉ = 4
        floor(7/2) = 3
        round(2.5) = 2
        max(0, 3 - 5) = 0
        min(3, 2) + 1 = 3
        $\max(2, 3) = 3$
        $\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} = 4 - 6 = -2$
        $\begin{pmatrix} 1 \\ 2 \end{pmatrix} + \begin{pmatrix} 3 \\ 4 \end{pmatrix} = \begin{pmatrix} 4 \\ 6 \end{pmatrix}$
        $\begin{aligned} a &= 2 + 3 \\ &= 5 \end{aligned}$
        $\begin{aligned} y &= 3x + 2 \\ &= 3 \cdot 4 + 2 \\ &= 14 \end{aligned}$
        $f(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \end{cases}$
        $\frac{d}{dx} x^2 = 2x = 6$
        $\frac{\partial L}{\partial w} = 2(3 - 1) = 4$
        $\log_{10} 1000 = 3$
        $\log_3 9 = 2$
        log_3 9 = 2
        log₃ 9 = 2
        $\sin 90 = 1$
        sin(30°) = 0.5
        $\cos(0) = 1$
        tanh(1) = 0.76
        $\sigma(0) = 0.5$
        σ(2) = 0.88
        $\sqrt[3]{8} = 2$
        $\sqrt[3]{27} + 1 = 4$
        ∛8 = 2
        $2^{3^2} = 512$
        $-2^2 = -4$
        $-2^2 = 4$
        $x_{1} + 2 = 5$
        $10^{-3} = 0.001$
        $1.5\mathrm{e}{-3} = 0.0015$
        $A_{12} = 3$
        $1 + 2 + \dots + 10 = 55$
        $1 + 2 + \cdots + 100 = 5050$
        1 + 2 + ... + 10 = 55
        1 + 2 + … + 10 = 55
        1 + 1/2 + 1/4 + ... = 2
        2 · 4 · ... · 10 = 3840
        $0.\overline{3} = 1/3$
        $0.\bar{9} = 1$
        $3 \pm 1 = 4$
        3 ± 1 = 2
        $3 \mp 1 = 2$
        $3 \oplus 5 = 6$
        3 ⊕ 5 = 6
        5 choose 2 = 10
        C(5,2) = 10
        P(A) = 1/6 + 1/6 = 1/3
        P(X = 2) = 0.25
        $p(x=1) = 0.3$, $p(x=0) = 0.7$
        $P(X \le 2) = 0.5 + 0.25 = 0.75$
        E[X²] − E[X]² = 5 − 4 = 1
        KL(3 ‖ 4) = 0.2
        $D_{KL} = \frac{1}{2}(1 + 1 - 0 - 1) = 0.5$
        N(0, 1) = standard normal
        $\mathcal{N}(0, 1) + 3 = \mathcal{N}(3, 1)$
        $W \in \mathbb{R}^{3 \times 4}$, so 3 × 4 = 12 weights
        $\left(\frac{1}{2}\right)^3 = \frac{1}{8}$
        $\frac12 = 0.5$
        $\frac12 \cdot 4 = 2$
        $\frac{1}{2} = .5$
        $\tfrac{3}{4} = 75\%$
        $2\frac{1}{2} = 2.5$
        2 1/2 = 2.5
        2½ = 2.5
        1½ + 1 = 2½
        3 1/3 = 10/3
        $1\,000 \times 3 = 3\,000$
        $1{,}000 \times 3 = 3{,}000$
        1 000 × 3 = 3 000
        1'000 × 3 = 3'000
        1.000 × 3 = 3.000
        1.024 × 1.024 = 1.048.576
        0,5 + 0,1 = 0,6
        0,5 × 2 = 1
        3,5 + 1,5 = 5
        12,34 + 1 = 13,34
        """;

    /// <summary>Plain text that lost its raised digits.</summary>
    public const string LostSuperscripts = """
        10-3 = 0.001
        2n = 1024
        2 × 103 = 2000
        28 × 28 = 65536
        1.5 × 10-4 = 0.00015
        64 × 64 = 212
        """;

    public const string ChainsOfSums = """
        (2 + 3) × 4 = 5 × 4 = 20
        2 + 3 = 5 × 4 = 20
        3 × 4 = 12 + 5 = 17
        1,024 × 13 = 13,312 bits = 1,664 bytes
        1,024 × 13 bits = 13,312 bits = 1.66 KB
        1024 × 10 = 10240 = 10 KB
        256 × 256 × 3 = 196,608 = 192 K
        512 × 512 × 3 × 8 bits = 6.3 Mbit
        512 × 512 × 3 bytes = 768 KB
        196,608 / 1,024 = 192
        196,608 × 8 / 13,312 = 118
        786,432 / 16,384 = 48×
        786432 / 16384 = 48
        100/3 = 33.3 = 33%
        0.5 × 100 = 50 = half
        4 × 4 = 16 = 2^4
        12 = 3 × 4 = 2 × 6
        1 + 1 = 2 = 4 − 2
        3 = 1 + 2
        2 = 2
        1 = 100%
        0.25 = 25%
        100 = 1 hundred
        5 = V
        1 = one
        12 = a dozen
        0 = off, 1 = on
        1 = worst, 5 = best
        1 = yes; 0 = no; 2 = maybe
        0=black, 255=white
        Class 0 = T-shirt, 1 = trouser, 2 = pullover
        level 3 = 0.6
        stage 1 = 2 + stage 0
        Score 3 = 4 stars
        Layer 1 = 64, Layer 2 = 128
        Group 2 = 3 people + 1 guest
        Room 101 = 202
        route 66 = 2448 miles
        GPT-3 = 175B
        GPT-4 = 1.8T
        T5-11B = 11 billion
        ResNet-50 = 25.6M parameters
        top-5 = 95.1
        F1 = 0.8
        R2 = 0.9
        MNIST 28 × 28 = grey
        L2 = 4.5
        w2 = 3, b2 = 1
        step 100 = 0.45
        epoch 10 = 2.3
        day 2 = 3 + 4
        """;

    public const string Sentences = """
        The model has 12 layers, 3 × 4 = 12 of them shared, and 64×64 = 4096 positions.
        We use 8 GPUs, batch 4 each: 8×4=32.
        With stride 2 the 64×64 map becomes 32×32 = 1024 positions, each with 256 channels.
        He paid 3 × $5 = $15.
        It takes 3 × 20 = 60 minutes = 1 hour.
        It takes 90 minutes = 1.5 hours.
        The total is 3 + 4 = 7 (not 8).
        3 + 4 = 7, not 8.
        Instead of 3 + 4 = 7 you may write 4 + 3.
        We have 1,024 = 32² tokens.
        The rate is 0.5 bits = 1/2 bit.
        1024 = 2^10 = 4^5 = 32^2
        One in 3 = 33 %
        Out of 100, 25 = 25%.
        The average is (1+2+3)/3 = 2.
        Mean = (80 + 90 + 100)/3 = 90
        (80+90+95)/3 = 88.33
        1/6 = 16.7%
        5/8 = 62.5 %
        Growth: 110/100 − 1 = 10%
        (110 − 100)/100 = 10%
        1 − 13,312/1,572,864 = 99.2%
        100 × 1.05^10 = 162.89
        100 · 1.1 · 1.1 = 121
        1 000 000 / 8 = 125 000
        2^8 − 1 = 255
        2^8-1=255
        2⁸ = 256
        256 − 1 = 255
        1+2=3
        1 +2 =3
        A=1, B=2, A+B=3
        A + B = 1 + 2 = 3
        3! = 6
        5!! = 15
        0! = 1
        4!/2! = 12
        10!/(3!·7!) = 120
        5P2 = 20
        5C2 = 10
        |A| + |B| = 3 + 4 = 7
        n(A ∪ B) = 3 + 4 − 2 = 5
        p = 0.05 = 5 %
        CI = 3 ± 0.5 = [2.5, 3.5]
        3 ± 2 × 0.5 = (2, 4)
        1.96 × 0.1 = 0.2
        mean 5 ± 1 = 4 to 6
        Q1 = 3, Q3 = 7, IQR = 7 − 3 = 4
        x̄ = 15/3 = 5
        r = 0.5, r² = 0.25
        r² = 0.5² = 0.25
        a² + b² = 9 + 16 = 25
        3² + 4² = 5²
        3² + 4² = 9 + 16 = 25 = 5²
        11:30 + 2:45 = 14:15
        1h 30 + 45 = 2h 15
        100% − 37% = 63%
        37% + 63 = 100
        Σ = 3 + 4 = 7
        ∑ 1..4 = 10
        max = 5 - 2 = 3
        argmin = 2
        k = argmin = 3
        index 3 = 4th code
        q = 3 → 3/7 = 0.43
        code 5 = (1, 2)
        0.3 → 0
        1 → 2 = doubling
        2 → 4 = 2×
        2.0 × 3 = 6.0
        2.00 × 3.00 = 6
        0.1 × 0.1 = 0.01
        0.05 × 3 = 0.2
        0.9 × 0.9 = 0.8
        1.5 + 1.5 = 3
        1.25 + 1.25 = 2.5
        2.449² = 6
        1.414² = 2
        1.73 × 1.73 = 3
        0.67 × 3 = 2
        0.33 × 3 = 1
        3.3 × 3 = 10
        16.67 × 6 = 100
        """;

    /// <summary>Logarithms, shares, energy, money, rates.</summary>
    public const string Statistics = """
        A: 512 × 512 = 262,144
        note: 3 × 4 = 12
        PSNR = 20 log10(255) − 10 log10(100) = 28.13 dB
        PSNR = 10 · log10(1/0.01) = 20 dB
        SNR = 10 log(100) = 20 dB
        −log p = −log 0.25 = 2 bits
        H = −(0.5 log2 0.5 + 0.5 log2 0.5) = 1 bit
        H = 2 × 0.5 × 1 = 1 bit
        KL = 0.5 × (0.81 + 0.09 + 0.21 − 1) = 0.055
        KL = ½(0.01 + 0.81 + 0.21 − 1) = 0.015
        ½ × 0.03 = 0.015
        10 × 5.87 = 58.7
        58.7 / (150 + 58.7) = 28%
        5.87/155.87 = 3.8%
        4 / 154 = 2.6 %
        5.87 / 155.87 ≈ 4%
        150 + 10 × 5.87 = 208.7
        σ = e^(0.5·logvar) = e^(0.5 × −2) = 0.37
        exp(−2/2) = 0.37
        z = μ + σε = 3 + 0.2 × 1.5 = 3.3
        1 − 1/e = 0.632
        1/e = 0.37
        e = 2.72, π = 3.14
        0.99^100 = 0.366 and 0.99^69 = 0.5
        0.99 × 1000 + 0.01 × 10 = 990.1
        N_i = 0.99 × 100 + 0.01 × 40 = 99.4
        1/(1 − 0.99) = 100
        1/(1−0.999) = 1000
        (1 − 0.99) × 5 = 0.05
        0.25 × 4 = 1
        1e-5 + 1 = 1.00001
        2 × 1e-4 = 0.0002
        x 2 = 4
        ×2 = twice
        ÷2 = half
        3× = three times
        2 × = double
        50% + 50% = 100%
        10% of 10% = 1%
        95% × 95% = 90%
        0.95² = 90%
        0.95^2 = 0.9
        1.1^7 = 2
        1.07^10 = 2
        2^(1/12) = 1.06
        440 × 2^(3/12) = 523 Hz
        1/12 + 1/12 = 1/6
        1/4 = 25 cents
        1/2 = 5/10 = 50/100
        4/6 = 2/3
        6/4 = 1½
        0.1 + 0.7 = 0.8
        100 − 99.9 = 0.1
        1 − 0.999 = 0.001
        300,000 km/s × 1 s = 300,000 km
        9.81 × 2 = 19.6
        1 kWh = 3.6 MJ
        400 W × 24 h = 9.6 kWh
        8 GPUs × 24 h = 192 GPU-hours
        8 × 24 = 192 GPU-hours = 8 GPU-days
        150,000 GPU-hours / 256 = 586 hours = 24 days
        600,000 = 600K
        $600,000 / 150,000 = $4
        256 × 24 × $4 = $25K
        1,000,000 × $0.02 = $20,000
        12 × 12 = 144 = gross
        1 gross = 144
        90 min = 1½ h
        5'10" = 70 inches
        100 °F = 38 °C
        0 dB = 1
        3 dB = 2×
        20 dB = 10×
        20 dB = 100×
        1 bpp × 65,536 = 8 KB
        0.5 bpp × 512 × 512 = 16 KB
        512·512·0.5/8 = 16 KB
        512·512·0.5/8 = 16,384 bytes
        192 KB = 196,608 bytes
        768 KB / 8 = 96 KB
        786,432 B = 768 KiB
        1.5 MB / 1.66 KB = 900×
        65,536 × 2 B = 128 KiB
        16,384 × 4 = 64 KB
        16,384 × 2 = 32 KB
        16,384 × 4 bytes = 65.5 KB
        16384 * 4 = 65536 bytes = 64 KiB
        860M × 2 = 1.72 GB
        860M × 4 = 3.4 GB
        860M × 4 bytes = 3.2 GiB
        83,653,863 × 4 = 335 MB
        84M × 4 = 336 MB
        84M × 4 = 320 MiB
        15.6 − 7.8 = 7.8 ms
        3.5 GHz × 2 = 7 GFLOPS
        2 × 19.5 = 39 TFLOPS
        1000/16.7 = 60 fps
        1000 / 60 = 16.7 ms
        1/60 s = 16.7 ms
        1/60 = 16.7 ms
        44,100 × 2 × 16 = 1.4 Mbit/s
        44100 × 16 × 2 / 8 = 176.4 KB/s
        24,000 / 320 = 75 frames
        24 kHz / 320 = 75 Hz
        75 × 8 × 10 = 6 kbps
        75 tokens × 8 codebooks × 10 bits = 6,000 bits per second
        """;

    /// <summary>Sentences that warn of a well-known wrong statement, and make it all the same.</summary>
    public const string Warned = """
        A common mistake is to write codebook loss: ‖z_e − sg[z_q]‖² here.
        Do not call it so: Codebook loss = ‖z_e − sg[z_q]‖² is wrong.
        Commitment loss: ‖sg[z_e] − e‖² is the wrong way round.
        The codebook loss is ‖sg[z_e] − e‖² and the commitment loss is ‖z_e − sg[e]‖².
        In collapse it is not true that σ → ∞; σ → 1.
        Posterior collapse does not mean σ → ∞.
        Some say that in posterior collapse σ → ∞, but that is wrong.
        z_q = argmin ‖z_e − e_k‖ is an index, not a vector, so the formula is wrong.
        q = round(L tanh(z)) gives 2L + 1 values, not L.
        L = ||x - x̂||² (mean squared error) is not right, it is a sum.
        Below 50% means half of your capacity? No, one bit.
        The sum of these two terms is called the ELBO with a minus sign.
        The sum of these two terms is called the ELBO in some books, wrongly.
        """;
}
