package org.voyage.kit.guard;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentEncoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.runtime.configuration.MemorySize;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Problem;
import org.voyage.kit.problem.Refusal;

/**
 * Monitor of the requests and answers of one HTTP/1 connection. It reports them to {@link ConnectionWatch}, and answers
 * with a problem document where the HTTP server would close the connection or answer without a body: a head that cannot
 * be read (400), a request line (414) or headers (431) that are too long, a client that is too slow (408), too many
 * connections (503). It names the encoding of JSON answers: Windows PowerShell 5.1 reads them as Latin-1 otherwise.
 */
final class HttpExchangeMonitor extends ChannelDuplexHandler {
    private static final String ENCODING_PARAMETER = ";charset=UTF-8";
    /** Time for the client to read the answer; unread data would reset the connection. */
    private static final long CLOSE_DELAY_MILLIS = 500;

    private final ConnectionWatch connection;

    private @Nullable ChannelHandlerContext context;
    private @Nullable String requestId;
    private boolean answerBegun;
    private boolean ended;

    HttpExchangeMonitor(ConnectionWatch connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            @Nullable Refusal refusal = findRefusal(request);
            if (refusal != null) {
                ReferenceCountUtil.release(message);
                endWith(read, refusal);
                return;
            }
            requestId = request.headers().get(HeaderNames.REQUEST_ID);
            connection.beginRequest(HttpUtil.is100ContinueExpected(request));
        }
        if (message instanceof HttpContent content) {
            connection.receiveBody(content.content().readableBytes(), message instanceof LastHttpContent);
        }
        read.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext written, Object message, ChannelPromise promise) {
        boolean interim =
                message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (interim) {
            connection.sendContinue();
        } else if (message instanceof LastHttpContent) {
            answerBegun = false;
            connection.endAnswer();
        } else if (message instanceof HttpResponse) {
            answerBegun = true;
        }
        if (message instanceof HttpResponse head) {
            nameEncoding(head.headers());
        }
        written.write(message, promise);
    }

    /** Adds the encoding to the media type of a JSON answer. */
    private static void nameEncoding(HttpHeaders headers) {
        @Nullable String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
        if (type != null
                && (HttpHeaderValues.APPLICATION_JSON.contentEquals(type) || Problem.MEDIA_TYPE.equals(type))) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type + ENCODING_PARAMETER);
        }
    }

    private @Nullable Refusal findRefusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return refusalOf(request.decoderResult().cause());
        }
        return MonitoringPaths.isMonitoring(request.uri()) ? null : connection.surplusRefusal();
    }

    private static Refusal refusalOf(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> new Refusal.UriTooLong(limitOf("max-initial-line-length"));
            case TooLongFrameException _ -> new Refusal.HeadersTooLarge(limitOf("max-header-size"));
            default -> new Refusal.Malformed("The head of the request is no HTTP.", "请求行或请求头不符合 HTTP 规范。");
        };
    }

    private static long limitOf(String name) {
        return ConfigProvider.getConfig()
                .getValue("quarkus.http.limits." + name, MemorySize.class)
                .asLongValue();
    }

    /** Ends the connection of a client that sends or reads too slowly. */
    void refuseSlowClient(ConnectionDeadlines.Overrun overrun, ConnectionDeadlines deadlines) {
        @Nullable ChannelHandlerContext own = context;
        if (own == null || ended) {
            return;
        }
        boolean answered = overrun == ConnectionDeadlines.Overrun.BODY && connection.isAnswered();
        if (answered || overrun == ConnectionDeadlines.Overrun.ANSWER) {
            ended = true;
            own.close();
        } else {
            endWith(own, deadlines.refusalOf(overrun));
        }
    }

    /** Ends the connection of a client that has not sent its whole head. Its memory is free at once. */
    void dismissClient(Refusal refusal) {
        @Nullable ChannelHandlerContext own = context;
        if (own != null && !ended) {
            endWith(own, refusal, 0);
        }
    }

    private void endWith(ChannelHandlerContext own, Refusal refusal) {
        endWith(own, refusal, CLOSE_DELAY_MILLIS);
    }

    /** Answers, if the answer cannot be taken for that of another request, and closes the connection. */
    private void endWith(ChannelHandlerContext own, Refusal refusal, long closeDelayMillis) {
        ended = true;
        if (answerBegun || !connection.isOnlyRequest()) {
            own.close();
            return;
        }
        var id = RequestId.chooseId(requestId);
        var problem = Problem.of(refusal, id);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                Unpooled.copiedBuffer(problem.toJson(), StandardCharsets.UTF_8));
        var headers = response.headers();
        Problem.headersOf(refusal).forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE + ENCODING_PARAMETER)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HeaderNames.REQUEST_ID, id);
        // The compressor counts requests and answers, and the request of this answer may not have come to it.
        @Nullable ChannelHandlerContext compressor = own.pipeline().context(HttpContentEncoder.class);
        (compressor == null ? own : compressor).writeAndFlush(response);
        if (closeDelayMillis == 0) {
            own.close();
        } else {
            own.executor().schedule(() -> own.close(), closeDelayMillis, TimeUnit.MILLISECONDS);
        }
    }
}
