using System.Data;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Trainers.Sampling;

namespace Workbench.Studies.Postgres;

/// <summary>
/// One connection of a program, made again when it breaks: the server was restarted, somebody ended it, the network went away for a while.
/// What was under way then is done again, so it must come to the same when it is done twice. Safe to call from several threads, which take turns.
/// </summary>
/// <remarks>Nothing is kept in the session but prepared statements, so that a pooler between program and server is no hindrance.</remarks>
internal sealed class PostgresConnection : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly PostgresAddress _address;
    private readonly PostgresTimes _times;

    // Spreads a thousand programs that come back at the same moment.
    private readonly SplitMix64 _spread = new(((ulong)Environment.ProcessId << 32) ^ (ulong)Stopwatch.GetTimestamp());
    private NpgsqlConnection? _connection;

    private PostgresConnection(PostgresAddress address, PostgresTimes times) => (_address, _times) = (address, times);

    /// <exception cref="StudyException">There is no server, or it lets nobody in.</exception>
    public static PostgresConnection Open(PostgresAddress address, PostgresTimes times)
    {
        var connection = new PostgresConnection(address, times);
        try
        {
            // A server that is not there is told at once; one that is starting, or that has no connection to spare, is waited for.
            connection.Run(static _ => true, times.Patience, IsBusy);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public PostgresAddress Address => _address;

    /// <returns>how many rows it changed; when the connection broke, of the last attempt</returns>
    /// <exception cref="StudyException">The server cannot be used.</exception>
    public int Execute(string sql, params object?[] values) => Run(
        connection =>
        {
            using NpgsqlCommand command = Command(connection, sql, values);
            return command.ExecuteNonQuery();
        }, _times.Patience, IsPassing);

    /// <summary>The rows, read by <paramref name="read"/> one after the other.</summary>
    /// <exception cref="StudyException">The server cannot be used.</exception>
    public IReadOnlyList<T> Query<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) => Run<IReadOnlyList<T>>(
        connection =>
        {
            using NpgsqlCommand command = Command(connection, sql, values);
            using NpgsqlDataReader row = command.ExecuteReader();
            var rows = new List<T>();
            while (row.Read())
                rows.Add(read(row));
            return rows;
        }, _times.Patience, IsPassing);

    /// <summary>Does several things or none.</summary>
    /// <exception cref="StudyException">The server cannot be used.</exception>
    public T Change<T>(Func<NpgsqlConnection, T> work) => Run(
        connection =>
        {
            using NpgsqlTransaction change = connection.BeginTransaction();
            T result = work(connection);
            change.Commit();
            return result;
        }, _times.Patience, IsPassing);

    /// <summary>Tries once; what cannot be done is left out.</summary>
    public void Try(string sql, params object?[] values)
    {
        try
        {
            Run(
                connection =>
                {
                    using NpgsqlCommand command = Command(connection, sql, values);
                    return command.ExecuteNonQuery();
                }, TimeSpan.Zero, static _ => false);
        }
        catch (StudyException)
        {
        }
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the program; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (object? value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    public StudyException Refusal(string what, Exception? inner = null) => new(
        $"PostgreSQL at {_address}: {what}; what was done is kept, and the same command goes on when that is mended", inner ?? new InvalidOperationException(what));

    public void Dispose()
    {
        lock (_lock)
            Drop();
    }

    private T Run<T>(Func<NpgsqlConnection, T> work, TimeSpan patience, Func<Exception, bool> passes)
    {
        lock (_lock)
        {
            long begun = Stopwatch.GetTimestamp();
            for (TimeSpan pause = ShortestPause; ; pause = pause * 2 < _times.BetweenBeats ? pause * 2 : _times.BetweenBeats)
            {
                try
                {
                    return work(Connected());
                }
                catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException || _connection is not { State: ConnectionState.Open })
                {
                    if (error is not PostgresException || _connection is not { State: ConnectionState.Open })
                        Drop();
                    if (!passes(error))
                        throw Refusal(_address.Tell(error), _address.Inner(error));
                    if (Stopwatch.GetElapsedTime(begun) + pause > patience)
                        throw Refusal(string.Create(CultureInfo.InvariantCulture, $"{_address.Tell(error)}, for {patience.TotalSeconds:0.#} s"), _address.Inner(error));
                    Thread.Sleep(pause * (0.5 + (0.5 * _spread.NextDouble())));
                }
            }
        }
    }

    private NpgsqlConnection Connected()
    {
        if (_connection is { State: ConnectionState.Open } open)
            return open;
        Drop();
        _connection = _address.Connection();
        _connection.Open();
        return _connection;
    }

    private void Drop()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException)
        {
            // It is gone anyway.
        }

        _connection = null;
    }

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static bool IsBusy(Exception error) => error is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections };

    private static bool IsPassing(Exception error) => error switch
    {
        PostgresException told => IsBusy(error) || told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected || told.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException broken => broken.IsTransient,
        _ => true,
    };
}
