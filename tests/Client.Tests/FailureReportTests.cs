using NSft.Client.Output;
using NSft.Collectives;

namespace NSft.Client.Tests;

public sealed class FailureReportTests
{
    [Fact]
    public void Describe_UserMistakeInsideOthers_IsItsLineAndCode2()
    {
        AggregateException error = new(new InvalidOperationException("outer", new UserInputException("rows.json: row 3:\n  no image")));
        Assert.Equal((2, "nsft: rows.json: row 3: no image"), FailureReport.Describe(error));
    }

    [Fact]
    public void Describe_Cancelled_IsCode130() => Assert.Equal(130, FailureReport.Describe(new TaskCanceledException()).Code);

    [Fact]
    public void Describe_FileTrouble_IsCode2() => Assert.Equal((2, "nsft: no space"), FailureReport.Describe(new IOException("no space")));

    [Fact]
    public void Describe_OurMistake_IsCode1WithTheInnermostCause()
    {
        (int code, string line) = FailureReport.Describe(new InvalidOperationException("outer", new ArgumentException("inner\ntext")));
        Assert.Equal(1, code);
        Assert.Equal("nsft: internal error: ArgumentException: inner text (set NSFT_DEBUG=1 for details)", line);
    }
}
