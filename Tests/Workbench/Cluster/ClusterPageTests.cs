using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tests.Architecture;
using Tests.Workbench.Cluster.Slurm;
using Tests.Workbench.Studies.Postgres;

namespace Tests.Workbench.Cluster;

/// <summary>
/// docs/cluster.md: its blocks marked <c>sh</c> are run one after the other in a shell, on a machine of their own, as far as Linux gives one: own networks, processes and name,
/// and empty folders where Debian's packages keep keys, settings and state. Where that is not allowed, the test is skipped.
/// </summary>
public sealed partial class ClusterPageTests(SlurmServers slurm)
{
    // A machine that has but a loopback has no addresses at all for resolvers; so it gets another device.
    private const string Machine =
        """
        set -eu
        ip link set lo up
        ip link add dummy0 type dummy 2> /dev/null || ip tuntap add dummy0 mode tun
        ip addr add 10.9.8.7/24 dev dummy0
        ip link set dummy0 up
        hostname lab1
        for folder in /etc/slurm /etc/munge /run /var/log /var/spool /var/lib/slurm /var/lib/munge /etc/postgresql /var/lib/postgresql /usr/local/bin; do
          mkdir -p "$folder"; mount -t tmpfs -o mode=755 tmpfs "$folder"
        done
        { cat /etc/hosts; echo '127.0.0.1 lab1'; } > /run/hosts; mount --bind /run/hosts /etc/hosts
        mkdir -p /run/munge /run/lock /run/postgresql /var/log/munge /var/log/postgresql
        chown munge: /etc/munge /var/lib/munge /var/log/munge /run/munge; chmod 700 /etc/munge
        chown postgres: /var/lib/postgresql /run/postgresql; chown root:postgres /var/log/postgresql; chmod 1775 /var/log/postgresql; chmod 2775 /run/postgresql
        printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$2" "$3" > /usr/local/bin/workbench; chmod +x /usr/local/bin/workbench
        cd "$1"
        . ./page.sh
        """;

    [Fact]
    public async Task Every_block_runs()
    {
        await slurm.RequireAsync();
        PostgresServer.Require();
        string folder = Directory.CreateTempSubdirectory("wb-page-").FullName;
        try
        {
            string page = File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "cluster.md"));
            string[] blocks = [.. Block().Matches(page).Select(match => match.Groups[1].Value)];
            Assert.True(blocks.Length >= 8);
            File.WriteAllText(Path.Combine(folder, "page.sh"), string.Join('\n', blocks.Select((block, i) => $"echo '== block {i + 1}'\n{block}")));
            File.WriteAllText(Path.Combine(folder, "machine.sh"), Machine);
            Assert.SkipUnless((await Run("unshare", "--mount", "--net", "--pid", "--fork", "--uts", "true")).Code == 0, "this machine lets nobody have namespaces of their own");
            string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
            (int code, string output) = await Run(
                "unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--ipc", "--uts", "--kill-child",
                "bash", Path.Combine(folder, "machine.sh"), folder, host, Path.Combine(AppContext.BaseDirectory, "workbench.dll"));
            Assert.True(code == 0, output);
            Assert.Contains($"== block {blocks.Length}\n", output, StringComparison.Ordinal);
            Assert.Contains("STATUS:          Success (0)", output, StringComparison.Ordinal);
            Assert.Matches(@"\| \d+_\d \| lab1 \| COMPLETED \| 0:0 \|", output);
            Assert.Matches("(?m)^second: ", output);
            Assert.Matches("(?m)^cancelled ", output);
            Assert.Contains("kind: Job", File.ReadAllText(Path.Combine(folder, "workbench-job.yaml")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Remove("SLURM_CONF");
        start.Environment.Remove("WORKBENCH_POSTGRES");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{output}\n{await errors}");
    }

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
