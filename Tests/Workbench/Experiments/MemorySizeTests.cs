using FsCheck;
using FsCheck.Fluent;
using Workbench.Experiments;

namespace Tests.Workbench.Experiments;

public sealed class MemorySizeTests
{
    [Theory]
    [InlineData("8GB", 8_000_000_000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    [InlineData("64kB", 64_000)]
    [InlineData("64KB", 64_000)]
    [InlineData("4GiB", 4_294_967_296)]
    [InlineData("1B", 1)]
    public void Amounts_have_units(string text, long bytes) => Cultures.Each(() =>
    {
        Assert.True(MemorySize.TryParse(text, out MemorySize size));
        Assert.Equal(bytes, size.Bytes);
    });

    [Theory]
    [InlineData("8")]
    [InlineData("8gb")]
    [InlineData("GB")]
    [InlineData("-1GB")]
    [InlineData("0GB")]
    [InlineData("1,5GB")]
    [InlineData(".5GB")]
    [InlineData("5.GB")]
    [InlineData("8  GB")]
    [InlineData("99999999TB")]
    [InlineData("1e3GB")]
    public void Anything_else_is_none(string text) => Cultures.Each(() => Assert.False(MemorySize.TryParse(text, out _)));

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>().Generator.Select(n => Math.Abs((long)n) * 997 + 1).ToArbitrary(),
        bytes => MemorySize.TryParse(new MemorySize(bytes).ToString(), out MemorySize size) && size.Bytes == bytes).QuickCheckThrowOnFailure();
}
